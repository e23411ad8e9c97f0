"""Actors: what a reader of an article expects of names, roles, pronouns and descriptions."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newslab as nl
from newslab.actors import find_actors, find_mentions, resolve
from newslab.article import Article
from newslab.quotes import find_quotes

ARTICLE = Path(__file__).parent.parent / "data" / "article.txt"


@pytest.fixture(scope="module")
def story() -> str:
    return ARTICLE.read_text(encoding="utf-8").removeprefix(" date 2020-01-05 ")


@pytest.fixture(scope="module")
def cast_list(story: str) -> pd.DataFrame:
    return find_actors(story).set_index("actor")


def who(text: str, phrase: str, recent: tuple[str, ...] = ()) -> str | None:
    """The full name that a phrase of the text means; the last place where it stands."""
    cast = resolve(Article(text))
    start = text.rindex(phrase)
    names = {actor.name: number for number, actor in enumerate(cast.actors)}
    if phrase.lower() in {"he", "she", "they", "it"}:
        actor = cast.pronoun(start, [names[name] for name in recent])
    else:
        actor = cast.at(start, start + len(phrase))
    return None if actor is None else cast.name_of(actor)


def test_people_of_the_article_have_whole_names_and_roles(cast_list: pd.DataFrame) -> None:
    roles = {
        "Asif Ghafoor": "Army spokesman",
        "Qasem Soleimani": "head of Iran's elite al-Quds force",
        "Mike Pompeo": "US Secretary of State",
        "Qamar Javed Bajwa": "Pakistan Army chief",
        "Imran Khan": "Prime Minister",
        "Ashraf Ghani": "Afghan President",
        "Donald Trump": "US President",
    }
    people = cast_list[cast_list.kind == "person"]
    assert dict(people.role) == roles
    assert set(people.loc["Qasem Soleimani", "names"]) == {"Qasem Soleimani", "Soleimani"}


def test_bodies_and_places_of_the_article_are_one_actor_each(cast_list: pd.DataFrame) -> None:
    kinds = dict(cast_list.kind)
    assert kinds["Foreign Office"] == kinds["Hashed al-Shaabi"] == kinds["ARY News"] == "organisation"
    assert kinds["Iran"] == kinds["US"] == kinds["Pakistan"] == "place"
    assert set(cast_list.loc["Foreign Office", "names"]) == {"Foreign Office", "FO"}
    assert {"US", "America", "Washington"} == set(cast_list.loc["US", "names"])
    assert cast_list.loc["Iranian", ["kind", "role"]].tolist() == ["group", "people of Iran"]


def test_pronouns_and_descriptions_of_the_article(story: str) -> None:
    mentions = find_mentions(story)
    found = {(row.text, row.actor) for row in mentions[mentions.how.isin(["pronoun", "description"])].itertuples()}
    assert ("it", "Foreign Office") in found
    assert ("the army chief", "Qamar Javed Bajwa") in found
    assert ("His", "Asif Ghafoor") in found


def test_every_mention_is_the_text_at_its_place(story: str) -> None:
    for row in find_mentions(story).itertuples():
        assert story[row.start : row.end] == row.text


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("President Maren Oduya spoke. Later Oduya left.", "Oduya", "Maren Oduya"),
        (
            "The Coastal Rescue Service (CRS) sailed. The CRS said it was late.",
            "The CRS",
            "Coastal Rescue Service",
        ),
        ("Nobody asked Khalid al-Masroufi. Al-Masroufi said so.", "Al-Masroufi", "Khalid al-Masroufi"),
        ("Park Ji-woon, a teacher, laughed. Park said it was late.", "Park", "Park Ji-woon"),
        ("Ben van der Stoel resigned. Van der Stoel said he was tired.", "Van der Stoel", "Ben van der Stoel"),
        ("The choir of Adaeze Bellochi sang. Bellochi's mother wept.", "Bellochi", "Adaeze Bellochi"),
        ("Army spokesman Maj Gen Tariq Noorani spoke.", "Army spokesman Maj Gen Tariq Noorani", "Tariq Noorani"),
        ("Mayor Lena Orbach, 51, met the police. The mayor said she was glad.", "The mayor", "Lena Orbach"),
        ("Solva Energy, a company, lost money. Solva said it would recover.", "Solva", "Solva Energy"),
        ("Judge Amina Sorel heard the case. In her ruling, the judge said no.", "the judge", "Amina Sorel"),
        ("The ministry was silent. Oskar Lind, who runs the port, said nothing.", "who", "Oskar Lind"),
    ],
)
def test_a_short_form_means_the_full_name(text: str, phrase: str, name: str) -> None:
    assert who(text, phrase) == name


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        (
            "The Ministry for Culture, Media and Sport said the plan was ready. The ministry will decide in May.",
            {"Ministry for Culture, Media and Sport": "organisation"},
        ),
        ("By Maeve Tolland\n\nThe bridge over the Senn will open on Monday.", {"Maeve Tolland": "person"}),
        ("Cheryl Mills wrote to the panel. Mills said she had no records.", {"Cheryl Mills": "person"}),
        ("Dr. King marched in silence. King told the crowd to be calm.", {"King": "person"}),
        ("The company, Brunn, said it would close. Betty Brunn visited the plant.", {"Brunn": "organisation"}),
        (
            "#SaveOurPark was shared. Read http://www.park.example/Save-Park today, said Lena Orr.",
            {"Lena Orr": "person"},
        ),
        ("A New Corvener was among the dead, police said.", {}),
        ("Xi Lanping met Kim Jong Un. Kim smiled.", {"Kim Jong Un": "person"}),
        (
            "The Fire and Rescue Service sent a crew. St Brannick's Hospital took in ten people.",
            {"Fire and Rescue Service": "organisation", "St Brannick's Hospital": "organisation"},
        ),
        ("The Health and Safety Executive will look at it.", {"Health and Safety Executive": "organisation"}),
        ("Solvey Fire and Rescue Service was told at six.", {"Solvey Fire and Rescue Service": "organisation"}),
        ("Hungarian Olga Brenk won the race on Monday. She beat Norwegian Ida Solvang.", {"Olga Brenk": "person"}),
        ("Actor Rodrigo de la Serra was there. Controversial DJ Howard Brenk was not.", {"Howard Brenk": "person"}),
        ("Actor Rodrigo de la Serra was there.", {"Rodrigo de la Serra": "person"}),
        ("Mindwark, the game's developer, lost money. Danish brewer Solberg did not.", {"Mindwark": "organisation"}),
        ("Danish brewer Solberg did not lose money.", {"Solberg": "organisation"}),
        ("Jo Flannery, a developer, was pleased. The mayor was not.", {"Jo Flannery": "person"}),
        ("Makers such as Norvik and Samdal will cut jobs.", {"Norvik": "organisation", "Samdal": "organisation"}),
    ],
)
def test_words_that_mislead_are_read_by_what_stands_around_them(text: str, actors: dict[str, str]) -> None:
    found = find_actors(text).set_index("actor")["kind"].to_dict()
    assert {name: found.get(name) for name in actors} == actors
    assert not {"SaveOurPark", "New Corvener", "Media", "Sport", "Save-Park"} & set(found)


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [
        ("Half of those asked", "group"),
        ("Some 8% of voters", "group"),
        ("Thirty per cent", "group"),
        ("One in four", "group"),
        ("One in charge", "person"),
        ("The guidance", "organisation"),
        ("A new documentary", "organisation"),
        ("A householder", "person"),
    ],
)
def test_a_speaker_without_a_name_is_what_the_description_says(speaker: str, kind: str) -> None:
    actors = nl.analyze(nl.Article(f'{speaker} said: "Nobody has asked us about the bridge."')).actors
    assert actors["kind"].tolist() == [kind]


def test_a_name_given_as_an_example_is_of_the_kind_named() -> None:
    found = find_mentions("Cities such as Aleppo and Homs were hit. He told them to leave.")
    assert set(found["kind"]) == {"place"}
    assert "pronoun" not in set(found["how"])


def test_a_last_name_alone_is_rather_a_person_than_a_company_that_begins_with_it() -> None:
    assert who("Morgan Holdings rose. John Morgan, an analyst, said so. Morgan added more.", "Morgan") == "John Morgan"


def test_two_people_with_one_last_name_are_two_actors() -> None:
    text = "Mr. Dov Kessleman and his wife, Mrs. Ruth Kessleman, sued. “We were cheated,” Mrs. Kessleman said."
    assert {"Dov Kessleman", "Ruth Kessleman"} <= set(find_actors(text).actor)
    assert who(text, "Kessleman") == "Ruth Kessleman"


def test_a_name_inside_a_longer_phrase_is_not_meant() -> None:
    text = "Ivo Smithson was absent. The lawyer for Smithson said he was ill."
    assert who(text, "The lawyer for Smithson") != "Ivo Smithson"


def test_husband_and_wife_are_told_apart_by_their_titles() -> None:
    text = (
        "Oskar Pallister was at home. Mr Pallister wept. Mrs Pallister said that they had lost all. Pallister is 60, "
        "and Mrs Pallister is 58."
    )
    found = find_actors(text).set_index("actor")["mentions"].to_dict()
    assert found == {"Oskar Pallister": 3, "Mrs Pallister": 2}
    assert nl.find_quotes(nl.Article(text))["actor"].tolist() == ["Mrs Pallister"]
    assert len(find_actors("Oskar Pallister was at home. Mr Pallister wept. Pallister is 60.")) == 1


def test_gender_comes_from_the_text_alone() -> None:
    said = resolve(Article("Mrs. Kim Ahlgren spoke. Robin Tarrant listened."))
    genders = {actor.name: actor.gender for actor in said.actors}
    assert genders["Kim Ahlgren"] == "f"
    assert genders["Robin Tarrant"] is None


def test_a_pronoun_keeps_to_the_gender_the_text_states() -> None:
    text = "Spokeswoman Ilse Brandvold met Councilman Piet Aldous. “Enough,” she said."
    assert who(text, "she") == "Ilse Brandvold"


def test_who_spoke_last_helps_with_a_pronoun() -> None:
    text = "Anton Reyle and Viktor Osmund came on Monday. “It was late,” he said."
    assert who(text, "he", ("Viktor Osmund",)) == "Viktor Osmund"


def test_somebody_without_a_name_has_the_fullest_description() -> None:
    text = "A neighbour with two dogs heard it. The neighbour called the police."
    assert who(text, "The neighbour") == "A neighbour with two dogs"
    assert "A neighbour with two dogs" not in set(find_actors(text).actor)


def test_a_description_is_named_without_its_possessive() -> None:
    text = "The mayor's statement said the bridge would hold. She was calm."
    quotes = find_quotes(text)
    assert quotes["actor"].tolist() == ["The mayor"]


def test_a_capital_is_a_government_only_where_it_acts() -> None:
    text = "Kenya will send water to Chad. Nairobi said the trucks had left. It rained in Nairobi."
    mentions = find_mentions(text)
    assert mentions[mentions.text == "Nairobi"].actor.tolist() == ["Kenya", "Nairobi"]


def test_the_names_of_a_party_are_one_organisation() -> None:
    text = (
        "Labour promised more money. Labour MPs were pleased, and Tory MP Karl Denby was not. Tory voters complained. "
        "The Conservatives said that Labour had failed, and the Tories voted against it. Lib Dem leader Pat Orr agreed "
        "with Plaid Cymru. The Liberal Democrats want more. The public-private partnership (PPP) was dear, and the PPP "
        "failed."
    )
    found = find_actors(text).set_index("actor")
    organisations = ["Labour", "Conservatives", "Liberal Democrats", "Plaid Cymru", "PPP"]
    assert found["kind"].to_dict() == {
        **dict.fromkeys(organisations, "organisation"),
        **dict.fromkeys(["Karl Denby", "Pat Orr"], "person"),
    }
    assert sorted(found.loc["Conservatives", "names"]) == ["Conservatives", "Tories", "Tory"]
    assert sorted(found.loc["Liberal Democrats", "names"]) == ["Lib Dem", "Liberal Democrats"]
    assert found.loc["Labour", "mentions"] == 3


def test_a_party_whose_name_is_somebodys_last_name_is_that_person() -> None:
    found = find_actors("Mr John Tory met the mayor. Tory said he was glad. He likes Tory voters.")
    assert found["actor"].tolist() == ["John Tory"]
    found = find_actors("Steve Green met the Green Party on Monday. The Green Party said no. Green was pleased.")
    assert found.set_index("actor")["kind"].to_dict() == {"Steve Green": "person", "Green Party": "organisation"}


def test_a_headline_in_title_case_gives_its_names_alone_though_a_full_stop_ends_it() -> None:
    text = "Fielding Says She Never Pledged To Close Schools.\n\nMona Fielding said on Monday that she would stay."
    assert list(find_mentions(text).query("how == 'name'").text)[-1:] == ["Mona Fielding"]
    assert [name for names in find_actors(text).names for name in names if "S" in name] == []


def test_a_user_says_which_names_belong_together(tmp_path: Path) -> None:
    text = "Tehran was quiet. In Tehran shops were shut, and Iran said nothing."
    file = tmp_path / "aliases.csv"
    file.write_text("Tehran,Iran\n", encoding="utf-8")
    for aliases in ({"Tehran": "Iran"}, file, str(file)):
        assert set(find_mentions(text, aliases=aliases).actor) == {"Iran"}


@pytest.mark.parametrize(
    "text", ["", "\n \n", "(" * 5000, "\ud800 said \x00", "😀 Lena Orbach 😀", "قال محمد علي", "US " * 2000]
)
def test_any_text_gives_the_same_columns(text: str) -> None:
    full = find_actors("Lena Orbach spoke.")
    assert find_actors(text).dtypes.equals(full.dtypes)
    assert find_mentions(text).dtypes.equals(find_mentions("Lena Orbach spoke.").dtypes)


WORDS = ["Lena", "Orbach", "the", "mayor", "said", ",", "“", "”", "he", "US", "\n", "of", "al-"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS)))
def test_offsets_hold_on_any_words(words: list[str]) -> None:
    text = " ".join(words)
    rows = find_mentions(text)
    assert all(text[row.start : row.end] == row.text for row in rows.itertuples())
    assert rows.start.is_monotonic_increasing
    assert (rows.start.to_numpy()[1:] >= rows.end.to_numpy()[:-1]).all()


def test_a_time_of_the_week_is_no_part_of_a_role() -> None:
    text = "On Tuesday night Mayor Hedda Varnholt spoke. Sunday Express editor Bram Orsett did not."
    roles = dict(find_actors(text).set_index("actor")["role"])
    assert (roles["Hedda Varnholt"], roles["Bram Orsett"]) == ("Mayor", "Sunday Express editor")
