"""In what role a speaker speaks, weighed by trained weights from the signs in the article and what stands near."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from discourse.attribution import roles
from discourse.attribution.endings import key
from discourse.attribution.lexicon import Lexicon
from discourse.attribution.roletraits import traits
from discourse.attribution.speaker import Speaker
from discourse.attribution.view import Article
from discourse.core.schema import ROLES

#: Mentions of a speaker that are looked around, and tokens to either side.
_MENTIONS, _AROUND = 6, 5
#: Letters of a word that count, whatever its ending; words of a source that are looked at.
_STEM, _SOURCE = 6, 8


def features(
    article: Article,
    lexicon: Lexicon,
    speaker: Speaker,
    mentions: Sequence[tuple[int, int]],
    rule: str,
    sources: Sequence[tuple[int, int]],
) -> list[str]:
    """What speaks for a role of a speaker: the rules' decision, signs and their words, kind, nouns near mentions.

    `mentions` are where the article names the speaker, `sources` the phrases that name the speaker beside a cue.
    """
    sort = "person" if speaker.key else "human" if speaker.person else "body"
    plural = ", plural" if speaker.plural else ""
    found = {f"rule {rule}", f"{sort}{plural}", f"{sort}, rule {rule}"}
    if not speaker.signs:
        found |= {"no sign", f"{sort}, no sign"}
        if speaker.key and " " not in speaker.name:
            found.add("surname alone, no sign")
    strongest: dict[str, int] = {}
    for sign in speaker.signs:
        strongest[sign.role] = max(strongest.get(sign.role, 0), sign.weight)
        found.add(f"{sign.role} by {sign.weight}")
        if sign.words == speaker.name and speaker.key:
            found.add(f"known {sign.role}")
            found.add(f"known {sign.role}, rule {rule}")
        found |= {f"sign word {word[:_STEM]}" for word in sign.words.lower().split()}
    own = {key(word) for word in speaker.name.split()} if speaker.key else frozenset()
    for lo, hi in sources:
        hi = min(hi, lo + _SOURCE)
        found |= {f"source {form[:_STEM]}" for form in article.low[lo:hi] if not own or key(form) not in own}
        of = list(zip(article.lemma[lo : hi + 1], article.form[lo : hi + 1], strict=True))
        if any(roles.party(of, at) for at in range(hi - lo)):
            found |= {"of a party", f"of a party, {sort}"}
    said = [sign for sign in speaker.signs if sign.words != speaker.name]
    if said:
        found |= {f"first {said[0].role} by {said[0].weight}", f"last {said[-1].role} by {said[-1].weight}"}
    kinds = sorted(strongest)
    found |= {f"{one} and {other}" for one in kinds for other in kinds if one < other}
    if len(kinds) == 1:
        found.add(f"only {kinds[0]}")
        found.add(f"{sort}, only {kinds[0]}")
    found |= {f"title {title.lower()}" for title in speaker.titles}
    if speaker.key:
        alike = {lexicon.institutions.get(word) for word in speaker.name.split()}
        found |= {f"named like {role}" for role in alike if role}
    else:
        found |= {f"name {word}" for word in speaker.name.lower().split()[:6]}
    for place, _ in mentions[:_MENTIONS]:
        lo = max(article.sent_lo[place], place - _AROUND)
        hi = min(article.sent_hi[place], place + _AROUND)
        for at in article.voices[bisect_left(article.voices, lo) : bisect_right(article.voices, hi)]:
            noun = article.lemma[at]
            role = lexicon.persons.get(noun)
            if role:
                found |= {f"near {role}", f"near {noun}"}
            elif (body := lexicon.institutions.get(noun) or lexicon.institutions.get(article.form[at])) is not None:
                found.add(f"near body {body}")
    return sorted(found | traits(article, speaker, mentions, sources) | _headline(article, lexicon))


def _headline(article: Article, lexicon: Lexicon) -> set[str]:
    """Roles of the nouns in the headline: what an article is about tells who is asked."""
    found: set[str] = set()
    for at in article.voices:
        if article.end[at] > article.title_end:
            break
        noun, form = article.lemma[at], article.form[at]
        role = lexicon.persons.get(noun) or lexicon.institutions.get(form) or lexicon.institutions.get(noun)
        if role:
            found.add(f"headline {role}")
    return found


def settled(speaker: Speaker, weights: dict[str, tuple[float, ...]]) -> bool:
    """Whether the rules' role stands, whatever the features: a named scholar, a person of whom nothing tells."""
    named = {sign.role for sign in speaker.signs}
    scholar = named == {"expert"} and max(sign.weight for sign in speaker.signs) >= roles.DECISIVE
    untold = not named and speaker.person and not speaker.plural
    return not weights or (scholar if speaker.key else untold)


def likeliest(speaker: Speaker, rule: str, found: Sequence[str], weights: dict[str, tuple[float, ...]]) -> str:
    """The role for which the features weigh most; the rules' where it stands."""
    if settled(speaker, weights):
        return rule
    totals = [0.0] * len(ROLES)
    for feature in ("", *found):
        row = weights.get(feature)
        if row is not None:
            totals = [a + b for a, b in zip(totals, row, strict=True)]
    return ROLES[max(range(len(ROLES)), key=totals.__getitem__)]


def by_rules(speaker: Speaker) -> tuple[str, str]:
    """The role by the signs alone, and the signs as text; official for a named person without any."""
    role, evidence = roles.decide(speaker.signs)
    default = "organization" if not speaker.person else "official" if speaker.key else "citizen"
    return role or default, evidence
