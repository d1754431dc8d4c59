"""Given names that Polish dictionaries lack or whose gender their endings do not tell."""

from __future__ import annotations

from discourse.attribution.lexicon import words

WOMEN = words(
    "Annegret Annalena Camilla Draginja Erna Federica Georgette Gina Ingrida Kamala Margrethe Mette Nicola "
    "Swiatłana Ursula Vera Věra Zuzana Anja Marianne Christine Christinie Beate Irene Jane Anne Claire Nicole "
    "Michelle Kate Jill Hillary Nancy Susan Margaret Elizabeth Carrie Kristalina Ruth Judith Edith Meghan Megan "
    "Karen Kathleen Caroline Charlotte Sophie Julie Marine Brigitte Simone Yvonne Agnes Isabel Carmen Dolores "
    "Mercedes Pilar Consuelo Ines Inge Ilse Heike Silke Antje Elke Ulrike Anke Renate Sabine Christiane "
    "Friederike Alice Grace Joyce Florence Beatrice Constance Louise Denise Elise Marie Annie Lucy Mary Amy Emily "
    "Betty Sally Molly Polly Wendy Sandy Kelly Ashley Tracy Stacy Kimberly Kayleigh Jen Jennifer Heather Amber "
    "Esther Miriam Rachel Rebeccah Sarah Hannah Deborah Leah Abigail Gail Carol Sheryl Cheryl Beryl Meryl Muriel "
    "Rosalind Ingrid Astrid Sigrid Gudrun Solveig Liv Siv Birgit Margit Judit Ursel Theresa Priti Ngozi Oby "
    "Ségolène Valérie Élisabeth Anne-Marie Zoé Chloé Aimée Renée Jacinda Kersti Ene Aung Nury Samantha Gretchen "
    "Lois Doris Iris Gladys Phyllis Alexis Frances Agnès Inès Mathilde Clotilde Amélie Emmanuelle Gabrielle "
    "Danielle Michele Rosemary Dorothy Kathy Cathy Judy Trudy Penny Jenny Fanny Peggy Nicky Vicky Becky Libby "
    "Debbie Jackie Katie Sadie Maggie Sophia Liz Ann Jean Joan Jo Beth Kay May June Joy Hope Faith Dawn Eve Ivy "
    "Ruby Pearl Fern Hazel Tulsi Roxane"
)
MEN = words(
    "Jan Alaksandr Alexander Anand Andrej António Armin Arron Carles Carsten Chris Chuck Clément Dmitrij Dmytro "
    "Dżawad Eddie Elton Enda Eric Francis Frank-Walter Gitanas Jair Jake Josep Justin Keir Kenny Linus Margaritis "
    "Matt Micheál Miloš Mitch Ned Nicolas Noam Nouriel Petro Phil Péter Riad Rishi Sadiq Sajid Sascha Slavoj "
    "Stephane Timothy Tucker Ugur Uğur Uładzimir Valdis Viktor Vince Willie Witalij Wołodymyr Yoshihide Yuval "
    "Zoltán Luca Andrea Nikita Ilja Kuba Joshua Boris Robin John Robert James Michael David Richard Joe Mike Tim "
    "Tom Jim Bob Bill George Charles Henry William Edward Philip Matthew Mark Paul Peter Andrew Simon Stephen "
    "Steven Kevin Brian Keith Jeremy Anthony Nigel Neil Ian Sean Liam Dominic Jonathan Christopher Jacob Nick "
    "Rick Mick Jack Harry Barry Larry Jerry Terry Gary Tony Andy Sandy Rory Corey Guy Ken Ben Dan Ron Don Jon Ted "
    "Ed Fred Greg Craig Doug Hugh Jean-Claude Jean-Yves François Emmanuel Édouard Jean-Luc Pierre Jacques Louis "
    "Yves Gilles Serge Didier Thierry Alain Bruno Cédric Arnaud Laurent Olivier Hans Heinz Klaus Karl Wolfgang "
    "Jürgen Jörg Günther Günter Heiko Jens Uwe Horst Frank Dirk Ralf Rolf Georg Gerd Gerhard Helmut Herbert "
    "Holger Ingo Lars Lothar Manfred Markus Norbert Olaf Otto Rainer Reinhard Sigmar Stefan Steffen Sven Theodor "
    "Theodore Thomas Thorsten Ulrich Volker Werner Willi Winfried Giuseppe Giovanni Matteo Mario Paolo Pietro "
    "Sergio Silvio Massimo Roberto Alberto Carlos José Juan Pedro Pablo Mariano Jorge Luis Miguel Manuel Fernando "
    "Diego Javier Vladimir Muhammad Mohammed Mohamed Ahmed Ali Hasan Hassan Hussein Abdul Ibrahim Yusuf Mustafa "
    "Recep Mehmet Benjamin Benny Xi Shinzo Narendra Imran Tedros Ngo Lloyd Antony Barack Donald Elon Jeff Satya"
)
#: Given names of Poland, which are inflected, so that a noun after one is a surname (Iwona Sołtys, Magdaleny Środy).
POLISH = words(
    "Adam Adrian Agata Agnieszka Aleksander Aleksandra Alicja Alina Amelia Andrzej Anastazja Aneta Angelika Anita "
    "Anna Antoni Arkadiusz Artur Barbara Bartłomiej Bartosz Beata Bernadeta Bernard Błażej Bogdan Bogumił Bogusław "
    "Bogusława Bolesław Bożena Bronisław Bronisława Bruno Cecylia Cezary Cyprian Czesław Czesława Dagmara Damian "
    "Daniel Danuta Daria Dariusz Dawid Dominik Dominika Donald Dorota Edward Edyta Eliza Elżbieta Emil Emilia Ernest "
    "Eugenia Eugeniusz Ewa Ewelina Fabian Feliks Ferdynand Filip Florian Franciszek Franciszka Fryderyk Gabriel "
    "Gabriela Genowefa Grażyna Grzegorz Gustaw Halina Hanna Helena Henryk Henryka Hieronim Honorata Hubert Ignacy "
    "Igor Ilona Irena Ireneusz Irmina Iwo Iwona Iza Izabela Jacek Jadwiga Jakub Jan Janina Janusz Jarosław Jerzy "
    "Joachim Joanna Jolanta Józef Józefa Julia Julian Juliusz Justyna Kacper Kaja Kajetan Kamil Kamila Karol Karolina "
    "Katarzyna Kazimierz Kazimiera Kinga Klara Klaudia Klaudiusz Konrad Konstanty Kornel Kornelia Krystian Krystyna "
    "Krzysztof Ksawery Laura Lech Lena Leon Leonard Leszek Lidia Liliana Lucjan Lucyna Ludmiła Ludwik Ludwika Łucja "
    "Łukasz Maciej Magdalena Magda Maja Maksymilian Malwina Małgorzata Marcel Marcelina Marcin Marek Maria Marian "
    "Mariola Mariusz Marlena Marta Martyna Maryla Marzanna Marzena Mateusz Maurycy Melania Michalina Michał "
    "Mieczysław Mieczysława Mikołaj Milena Miłosz Mirosław Mirosława Monika Nadia Natalia Natasza Nina Norbert Ola "
    "Olga Olgierd Oliwia Oskar Patrycja Patryk Paulina Paweł Piotr Przemysław Radosław Rafał Regina Renata Robert "
    "Roman Romuald Roksana Róża Rozalia Ryszard Ryszarda Sabina Sandra Sebastian Seweryn Sławomir Sławomira Sonia "
    "Stanisław Stanisława Stefan Stefania Sylwester Sylwia Szczepan Szymon Tadeusz Tamara Teodor Teresa Tomasz "
    "Tymon Tymoteusz Urszula Wacław Waldemar Walenty Waleria Wanda Wawrzyniec Weronika Wiesław Wiesława Wiktor "
    "Wiktoria Wilhelm Wincenty Wioletta Wit Witold Władysław Władysława Włodzimierz Wojciech Zbigniew Zdzisław "
    "Zdzisława Zenon Zofia Zuzanna Zygmunt Żaneta"
)
GIVEN = POLISH | WOMEN | MEN
