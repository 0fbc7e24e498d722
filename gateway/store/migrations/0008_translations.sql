-- Texts in other languages, made by a translation service, beside the notices whose texts they are.
-- By hash of the original: a text that many notices have, or that a new revision kept, is
-- translated once.

-- source_lang and target_lang: BCP 47. state: wanted, made, failed. original: only while wanted.
-- text: only when made. characters: of the original. due_at: when a wanted one may be tried next.
create table translation (
    text_hash text not null,
    source_lang text not null,
    target_lang text not null,
    state text not null,
    original text not null,
    text text not null,
    characters bigint not null,
    attempts bigint not null,
    due_at text not null,
    problem text not null,
    made_at text not null,
    primary key (text_hash, source_lang, target_lang)
);
create index translation_by_due on translation (state, due_at);

-- What was sent to the service on a day (UTC), so that its limit holds across restarts.
create table translation_day (
    day text not null primary key,
    characters bigint not null
);
