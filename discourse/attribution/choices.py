"""What is left to weigh once the rules have spoken: the questions that an article puts, and their answers."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace

from discourse.attribution import nearby, questions, sources
from discourse.attribution.antecedents import Antecedents
from discourse.attribution.descriptions import Descriptions
from discourse.attribution.endings import key
from discourse.attribution.finder import Report
from discourse.attribution.grammar import ACC, AGLT, FIN, GEN, INST, PLAIN, PRAET, PRI, PRONOUN, SEC
from discourse.attribution.portraits import OUTLET_NOUNS
from discourse.attribution.questions import DESCRIPTION, DROPPED, IMPERSONAL, UNCUED, Candidate, Question, best
from discourse.attribution.speaker import Speaker, short
from discourse.attribution.weights import antecedent_weights, role_weights

#: Sentences before a report whose subjects may be its own, and how far into each its verb is looked for.
_SENTENCES, _FIRST = 2, 40
#: Questions for which such subjects are candidates.
_OF_SUBJECTS = frozenset((DROPPED, questions.PRONOUN, IMPERSONAL))
PRONOUNS = frozenset(("jego", "jej", "ich", "niego", "niej", "nich"))
WHO = frozenset(("on", "ten", "tamten", "sam", "który", "jaki"))


class Choices(Descriptions):
    """The choice among those whom a passage without a name may be given to."""

    #: What each feature of a candidate weighs, by the kind of the question.
    weights: dict[tuple[str, str], float]
    #: Every question with its candidates and the one chosen, for training; kept where it is a list.
    log: list[tuple[Question, list[Candidate], Candidate]] | None = None

    #: What each feature of a speaker weighs for each role, in the order of `ROLES`.
    role_weights: dict[str, tuple[float, ...]]
    #: Every speaker with features, for training.
    role_log: list[tuple[Speaker, list[str]]] | None = None

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.weights = antecedent_weights()
        self.role_weights = role_weights()

    def _question(self, report: Report, index: int, rule: Speaker | None, named: bool) -> Question | None:
        """What is left to weigh once the rules have spoken; null where a name, or a construction, settles it."""
        article = self.article
        begins = min(report.tokens[0][0], report.at) if report.tokens and report.type == "direct" else report.at
        if report.source is None:
            if report.guest or report.at < 0:
                return None
            if report.cue is None and report.mask == 0:
                asked = bool(report.tokens) and not report.post
                return self._asked(UNCUED, report, index, begins, rule) if asked else None
            silent = report.verb == "czytać" or report.unowned or report.impersonal or report.mask == 0
            question = self._asked(IMPERSONAL if silent else DROPPED, report, index, begins, rule)
            return self._governed(question) if question.use == "noun" else question
        lo, hi = report.source
        if report.post or named:
            return None
        alone = hi - lo == 1
        if article.cls[lo] == PRONOUN or (alone and (article.low[lo] in PRONOUNS or article.lemma[lo] in WHO)):
            relative = article.lemma[lo] in ("który", "jaki") or article.low[lo] in ("mnie", "ja", "my", "nas")
            return None if relative else self._asked(questions.PRONOUN, report, index, begins, rule)
        head = self._head(lo, hi)
        if self._told(report, lo, hi, head) is not None:
            return None
        noun = self.cast.noun(head) if head >= 0 else ""
        plain = self.lexicon.persons.get(noun) or self.lexicon.institutions.get(noun) or ""
        if not plain and article.lemma[lo] in self.lexicon.documents:
            plain = "document"
        own = self._own(report, lo, hi, head)
        bare = head >= 0 and short(article, lo, hi, head)
        sort = self._sort(lo, head, plain, own)
        links = questions.links(article, lo, hi)
        of = frozenset(key(article.lemma[at]) for at in range(lo, hi) if at != head and article.kind[at] == PLAIN)
        of |= frozenset(key(article.form[at]) for at in range(lo, hi) if at != head and article.cap[at])
        root = self.office(head, hi)
        return Question(DESCRIPTION, report, index, begins, rule, own, head, bare, plain, links, of, root, sort)

    def _asked(self, kind: str, report: Report, index: int, begins: int, rule: Speaker | None) -> Question:
        """A question that no description tells anything of."""
        use = nearby.use(self.article, report, kind)
        if kind == questions.PRONOUN:  # the verb agrees with something else: wynika z nich
            report = replace(report, mask=nearby.wanted(self.article, report))
        return Question(kind, report, index, begins, rule, use=use)

    def _governed(self, question: Question) -> Question:
        """A noun of saying, whose owner may be the subject of its verb: of one not expressed that is the question."""
        article, report = self.article, question.report
        verb = nearby.governor(article, report)
        if verb < 0:
            return question
        question = replace(question, governor=verb, report=replace(report, mask=sources.agreement(article, verb)))
        question.owners = self._owner_of(question)
        governed = bool(article.case[report.at] & (ACC | GEN | INST)) and 0 < report.at - verb < 6
        others = not article.person[verb] & (PRI | SEC) and article.cls[verb + 1] != AGLT
        if not question.owners and governed and others and article.lemma[verb] not in nearby.TAKING:
            return replace(question, kind=DROPPED, use="")  # powtórzył tezę, że
        if question.owners and others and article.lemma[verb] not in nearby.TAKING:
            question.rule = question.owners[0][0]
        return question

    def _near(self, question: Question) -> list[tuple[Speaker, tuple[str, ...]]]:
        """Whom the nouns near a passage mean, with what speaks for them."""
        texts = dict(self.texts)
        found: list[tuple[Speaker, tuple[str, ...]]] = []
        for one in nearby.nearby(self.article, self.cast, question):
            report = Report("indirect", [(0, 0)], source=(one.lo, one.hi), at=one.lo, mask=1023, case=one.case)
            speaker = self._speaker(report)
            itself = self._own(report, one.lo, one.hi, -1) if one.sort == "text" else None
            if itself is not None and itself is not speaker:
                found.append((itself, (*one.features, "near itself")))  # not the authority whose it is
            if speaker is not None:
                found.append((speaker, one.features))
        self.texts = texts  # what only stands near has not spoken
        return found

    @abstractmethod
    def _speaker(self, report: Report) -> Speaker | None:
        """Who speaks in a report, before anything is weighed."""

    def _subjects_of(self, question: Question) -> list[tuple[Speaker, int]]:
        """Whom or what the sentences before speak of, the nearest first, with the sentences between."""
        article, mask = self.article, question.report.mask or 1023
        found: list[tuple[Speaker, int]] = []
        if question.owners:
            return question.owners
        hi = question.begins
        lo = article.sent_lo[min(hi, len(article) - 1)]
        for far in range(_SENTENCES):
            subject, own = self._subject_of(lo, min(hi, lo + _FIRST), mask)
            if subject is not None:
                speaker = self._speaker(Report("indirect", [(0, 0)], source=subject, at=subject[0], mask=own))
                fits = speaker is not None and (not speaker.gender or not mask & 31 or speaker.gender & mask)
                if speaker is not None and fits:
                    found.append((speaker, far))
            if lo == 0:
                break
            hi, lo = lo, article.sent_lo[lo - 1]
        return found

    def _owner_of(self, question: Question) -> list[tuple[Speaker, int]]:
        """The subject of the verb that governs a noun of saying."""
        article, verb = self.article, question.governor
        mask, lo, hi = question.report.mask, article.sent_lo[verb], article.sent_hi[verb]
        subject = sources.before(article, verb, lo, mask, own=True) or sources.after(article, verb, hi, mask)
        if subject is None or subject[0] <= question.report.at < subject[1]:
            return []
        speaker = self._speaker(Report("indirect", [(0, 0)], source=subject, at=subject[0], mask=mask))
        return [(speaker, 0)] if speaker is not None else []

    def _subject_of(self, lo: int, hi: int, mask: int) -> tuple[tuple[int, int] | None, int]:
        """The subject of the first verb of a sentence, if a later one may share it, and what that verb agrees with."""
        article = self.article
        for verb in range(lo, hi):
            if article.cls[verb] in (FIN, PRAET):
                own = sources.agreement(article, verb)
                if not own & mask:
                    break
                return sources.before(article, verb, lo, own, own=True) or sources.after(article, verb, hi, own), own
        return None, 0

    def _choose(self, question: Question, mentions: Antecedents) -> Speaker | None:
        """Whom the weights prefer."""
        subjects = self._subjects_of(question) if question.kind in _OF_SUBJECTS else []
        near = self._near(question) if question.kind in nearby.ASKING else []
        if question.use in ("from", "in"):
            question.rule = nearby.text_of(near, question.use) or question.rule
        candidates = mentions.candidates(question, self.order, self.turns, subjects, near)
        chosen = best(candidates, question.kind, self.weights)
        if self.log is not None:
            self.log.append((question, candidates, chosen))
        speaker = chosen.speaker
        if (
            speaker is not None
            and question.kind == DESCRIPTION
            and speaker is not question.own
            and question.plain != "document"
        ):
            assert question.report.source is not None
            self.cast.add(speaker, *question.report.source)
        return speaker

    def _sort(self, lo: int, head: int, plain: str, own: Speaker | None) -> str:
        """What a description describes: a person, a body, a text; or that it is a name."""
        article = self.article
        at = head if head >= 0 else lo
        if plain == "document":
            return "text"
        outlet = plain == "media" and article.lemma[head] in OUTLET_NOUNS
        if head >= 0 and not outlet and self.cast.is_person_noun(head):
            return "person noun"
        if article.form[at].isupper() and len(article.form[at]) > 1:
            return "acronym"
        if article.proper[at] or lo in article.opening:
            return "name"
        if head >= 0 and article.cap[head] and article.sent_lo[head] != head:
            return "body, named"
        if plain == "media":
            return "medium"
        return "body" if head >= 0 else "human" if own is not None and own.person else "thing"
