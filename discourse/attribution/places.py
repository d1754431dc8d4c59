"""Words before a colon that tell where or what, and not who: *Wielka Brytania: …, Sondaż: …*."""

from __future__ import annotations

from discourse.attribution.lexicon import words

#: Countries, cities, and what heads a notice.
PLACES = words(
    "Polska Rosja Niemcy Francja Ukraina Białoruś USA Chiny Węgry Czechy Słowacja Litwa Łotwa Estonia Hiszpania "
    "Włochy Grecja Turcja Izrael Iran Warszawa Kraków Gdańsk Wrocław Poznań Łódź Moskwa Londyn Berlin Paryż "
    "Bruksela Waszyngton Pekin Kijów Mińsk Wielka Brytania Brexit Koronawirus Covid COVID-19 Uwaga Pilne Wideo "
    "Foto Galeria Zobacz Czytaj Sport Szczecin Lublin Katowice Śląsk Mazowsze Pomorze Małopolska Wielkopolska "
    "Europa UE Świat Kraj Wybory Fot Źródło Fot. Autor Tekst Opracowanie Data Adres Telefon Kontakt Tel Tagi "
    "Temat W Wielka Białystok Olsztyn Rzeszów Kielce Toruń Bydgoszcz Gdynia Sopot Opole Zakopane Szkocja Walia "
    "Anglia Irlandia Portugalia Holandia Belgia Austria Szwajcaria Szwecja Norwegia Dania Finlandia Rumunia "
    "Bułgaria Serbia Chorwacja Słowenia Kosowo Bośnia Albania Mołdawia Gruzja Armenia Azerbejdżan Kazachstan "
    "Kanada Meksyk Brazylia Argentyna Chile Peru Kolumbia Wenezuela Kuba Australia Japonia Korea Północna "
    "Południowa Indie Pakistan Afganistan Irak Syria Liban Egipt Libia Tunezja Algieria Maroko Nigeria Kenia "
    "Etiopia RPA Birma Mjanma Tajlandia Wietnam Filipiny Indonezja Malezja Singapur Hongkong Tajwan Stany "
    "Zjednoczone Watykan Rzym Madryt Lizbona Ateny Wiedeń Praga Bratysława Budapeszt Wilno Ryga Tallinn Helsinki "
    "Sztokholm Oslo Kopenhaga Amsterdam Dublin Edynburg Genewa Stambuł Jerozolima Teheran Tokio Nowy Jork "
    "Kalifornia Teksas Floryda Katalonia Bawaria Saksonia UK WIDEO RAPORT SONDAŻ NEWS TEMAT UJAWNIAMY PILNE"
)
