"""What the columns of exported tables mean, in one sentence each."""

from __future__ import annotations

from collections.abc import Mapping

from coder.formats.tables import Column, Table

UNIT_TABLES = {
    "unit": "Reference of the excerpt or record; never used again for another one.",
    "kind": "excerpt of a transcript, or record without one.",
    "transcript": "Id of the transcript.",
    "wave": "When in the school year the interview took place.",
    "date": "Date of the interview.",
    "year": "School year.",
    "participant": "Pseudonymous id of the person who speaks; empty if not a participant.",
    "question": "Marker of the interview question that opens the excerpt.",
    "plan": "How the excerpt was cut: answer, turn, paragraph, sentence, whole, or hand.",
    "start": "First code point of the excerpt in the transcript's text, counted from 0.",
    "stop": "One past its last code point.",
    "code_set": "Codebook and code set: one question asked of a unit.",
    "coder": "Short name of the coder.",
    "pass": "0 for ordinary coding, else the number of the round.",
    "round": "Name of the round; empty for ordinary coding.",
    "status": "coded; nothing (finished, nothing applied); not_applicable (not asked here).",
    "level": "Rubric level of the code; empty where the set is no rubric.",
    "codes": "Codes applied, separated by ;, in the order of the codebook.",
    "valences": "Their valences, of explanations and adjustments, never of persons.",
    "version": "Label of the codebook version the coding was made under.",
    "at": "When, in UTC.",
    "source": "Where a record is from; empty for an excerpt.",
    "external_id": "What a record is called there; empty for an excerpt.",
    "code": "Id of the code.",
    "code_name": "Name of the code.",
    "code_now": "What the code counts as in the current version: itself, or what replaced it.",
    "codes_now": "What the codes count as in the current version, separated by semicolons.",
    "valence": "Valence of the code: productive, unproductive, mixed or none.",
    "codable": "1, or 0 for a code that says “answered, cannot tell”.",
    "origin": "How the coding came about: hand, load, boundary or suggestion.",
    "memo": "The coder's memo on the coding.",
}

TALLIES = {
    "group": "Whose line it is: the attributes of the other columns in one; all is everybody.",
    "n": "Everyone in the line.",
    "asked": "n less no data, incomplete, unresolved and ties for review.",
    "codable": "Asked less not codable.",
    "units": "Excerpts (or records) that the values of the line rest on.",
    "mean": "Mean of the person-years' means.",
    "blank_nothing": "Of asked and codable: finished, and no code applied.",
    "blank_not_codable": "Of asked: only codes that say “cannot tell”.",
    "blank_no_data": "Never asked.",
    "blank_incomplete": "Some excerpts that are asked are not finished by anybody.",
    "blank_unresolved": "Coders differ and have not settled.",
    "blank_review": "Two codes are equally frequent: review.",
}

SHARES = {
    "code_set": "The code set that is counted.",
    "counted": "What a line counts: person-years by roll-up, units by code or category.",
    "result": "Roll-up value of the person-year, code or category of the unit.",
    "label": "Its name for readers.",
    "count": "Person-years or excerpts with this result.",
    "n": "Everyone in the line.",
    "people": "Different people in the line; under 5, do not publish it.",
    "asked": "n less no data, incomplete, unresolved and ties for review.",
    "of_asked": "Count as a share of asked.",
    "of_asked_low": "Lower end of its 95 % interval.",
    "of_asked_high": "Upper end of its 95 % interval.",
    "codable": "Asked less not codable.",
    "of_codable": "Those with this result among the codable, as a share of them.",
    "low": "Lower end of the 95 % interval of of_codable.",
    "high": "Upper end of the 95 % interval of of_codable.",
    "interval": "How the interval of of_codable is made, and what is left out in turn.",
    "why": "Why there is no interval, and the one-sided bound instead.",
}

AGREEMENT = {
    "code_set": "The code set.",
    "compared": "What is compared: valence, code, whole sets, or applied or not.",
    "code": "One code or valence against all other answers; empty for the whole comparison.",
    "level": "What is compared: valence, code, set, applies; _applied where all applied a code.",
    "coders": "Whose codings are compared.",
    "units": "Units the statistic rests on.",
    "clusters": "Transcripts the statistic rests on.",
    "statistic": "Name of the statistic.",
    "estimate": "Its value; empty where it is not defined.",
    "low": "Lower end of the 95 % interval.",
    "high": "Upper end of the 95 % interval.",
    "interval": "How the interval is made.",
    "why_undefined": "Why the statistic has no value.",
    "why_no_interval": "Why it has no interval.",
    "bound": "One-sided bounds where agreement is perfect.",
    "caution": "Why the counts should be read rather than the coefficient.",
    "by": "What the units are divided by, such as role; empty for all of them together.",
    "group": "Which part of the units the row is about.",
    "percent_agreement": "Share of units on which the coders agree.",
    "kappa": "Cohen's kappa with its interval; pooled for sets of codes, weighted for rubrics.",
    "alpha": "Krippendorff's alpha; ordinal for rubrics, with MASI distance for sets of codes.",
    "ac1": "Gwet's AC1, AC2 for rubrics.",
}

OTHERS: Mapping[str, Mapping[str, str]] = {
    "transcripts": {
        "transcript": "Id of the transcript.",
        "people": "Pseudonyms of the people who speak in it.",
        "role": "Their roles.",
        "district": "Their districts.",
        "year": "School year.",
        "wave": "When in the school year the interview took place.",
        "words": "Words of all turns.",
        "excerpts": "Excerpts that count.",
    },
    "people": {
        "participant": "Pseudonymous id.",
        "year": "School year that the other columns describe.",
        "pseudonym": "Name used in quotations.",
    },
    "records": {
        "unit": "Reference of the record, its source and id; never used again for another one.",
        "kind": "What the record is, such as recommendation or lesson.",
        "question": "Question of the protocol that it counts as an answer to; empty for none.",
        "source": "Where it is from.",
        "external_id": "What it is called there.",
        "participant": "Pseudonymous id of the person it is of; empty for none.",
        "year": "School year.",
        "words": "Its text, if it has one.",
    },
    "person_years": {
        "participant": "Pseudonymous id.",
        "year": "School year.",
    },
    "final_codes": {
        "unit": "Reference of the excerpt or record.",
        "transcript": "Id of the transcript.",
        "participant": "Pseudonymous id of the person who speaks; empty if not a participant.",
        "year": "School year.",
        "question": "Marker of the interview question that opens the excerpt.",
        "code_set": "The code set.",
        "asked": "1 if the question feeds the code set; 0 where codes stand on it all the same.",
        "status": "coded, nothing, not_applicable, unresolved, or unfinished (by everybody).",
        "codes": "The codes that count, separated by ;.",
        "valence": "Valence of the codes together; empty without codes.",
        "source": "settled; agreed by all finished coders; single (one coder); or unresolved.",
    },
    "disagreements": {
        "unit": "Reference of the excerpt.",
        "code_set": "The code set on which coders differ.",
        "settled": "Whose answer was taken (or new), and the settled codes; empty if open.",
        "words": "What the participant said.",
    },
    "codebook": {
        "code_set": "The code set.",
        "set_title": "The question that the set asks of a unit.",
        "mode": "exclusive (one code), multi (any number), or ordinal (a rubric level).",
        "rollup": "The rule by which a person-year gets its value.",
        "key": "Key that applies the code in the app.",
        "code": "Id of the code, never used for another one.",
        "name": "Name of the code.",
        "parent": "Id of the code or category above it; empty at the top.",
        "valence": "productive, unproductive, mixed or none; of what is said, never of a person.",
        "codable": "no for “answered, cannot tell”.",
        "level": "Rubric level.",
        "short": "Brief definition.",
        "definition": "Full definition.",
        "include": "When to use it.",
        "exclude": "When not to use it, with the code to use instead.",
        "example": "An invented example.",
        "category": "yes for what only gathers codes and is never put on a unit.",
        "color": "Colour for programs that show one.",
        "retired": "yes for a code that is not offered any more.",
        "replaced_by": "Ids of the codes that it counts as since it was replaced.",
        "asked_when": "When the set is asked of a unit at all.",
        "order": "For the rule highest: codes from highest to lowest.",
        "scratch": "yes for a set of codes made while reading, which is never asked.",
    },
}


def meaning(table: Table, column: Column) -> str:
    """What a column of an exported table means; empty if nobody has said so."""
    key, name = column.key, table.name
    if name in ("units", "unit_codes"):
        return UNIT_TABLES.get(key, "")
    if name == "shares":
        return SHARES.get(key) or _attribute(column)
    if name in ("agreement", "agreement_full"):
        return AGREEMENT.get(key, "")
    if name.startswith("confusion_"):
        return _of_confusion(table, column)
    if name.startswith("cross_"):
        return _of_cross(table, column)
    if name.startswith("codebook"):
        return OTHERS["codebook"].get(key, "")
    if name in OTHERS:
        return OTHERS[name].get(key) or _of_one(table, column)
    return TALLIES.get(key) or _of_tally(table, column)


def _of_one(table: Table, column: Column) -> str:
    name, key = table.name, column.key
    if name == "records":
        return f"{key} of the record, as the table it came in gives it."
    if name == "transcripts" and key.startswith("finished_"):
        coder = key.removeprefix("finished_")
        return f"Excerpts that {coder} has finished, of those of which anything is asked."
    if name == "disagreements" and key.startswith("by_"):
        return f"What {key.removeprefix('by_')} answered."
    if name == "person_years" and key.endswith("_units"):
        return f"Excerpts that the value of {key.removesuffix('_units')} rests on."
    if name == "person_years" and any(one.key == f"{key}_units" for one in table.columns):
        return f"Value of {key} by its roll-up rule, or why there is none."
    return _attribute(column)


def _of_tally(table: Table, column: Column) -> str:
    code_set = table.name.split("_by_")[0].removesuffix("_code")
    row = table.title.partition(": ")[2].split("s ")[0]
    row = {"person-year": "Person-year"}.get(row, row.capitalize())
    if column.key.endswith("_of_codable"):
        return f"Share of codable with the value of {code_set} in the column before."
    if column.kind == "count":
        return f"{row}s whose value of {code_set} is {column.title}."
    return _attribute(column)


def _of_cross(table: Table, column: Column) -> str:
    rows, columns = table.title.split(" (rows) by ")
    row = columns.rpartition(", ")[2].removesuffix("s").capitalize()
    if column is table.columns[0]:
        return f"Value of {rows}, or why there is none; all is everybody."
    if column is table.columns[-1]:
        return f"{row}s in the line."
    return f"{row}s whose {columns.split(' (columns)')[0]} is {column.title}."


def _of_confusion(table: Table, column: Column) -> str:
    second = table.title.rsplit(" down, ", 1)[1].removesuffix(" across")
    if column is table.columns[0]:
        return f"What {column.title} answered; all is every answer."
    if column is table.columns[-1]:
        return "Units in the line."
    return f"Units that {second} answered with {column.title}."


def _attribute(column: Column) -> str:
    return (
        f"{column.key} of the person in that school year, as the transcript's header gives it, or"
        " of the record."
    )
