-- What was done when two records of a person became one, so that it can be undone.
create table fingerpost.person_merge (
  id uuid primary key,
  -- our id of the message that said so
  message uuid not null,
  -- Patient/<id>, both
  surviving text not null,
  replaced text not null,
  merged_at timestamptz not null,
  -- <Type>/<id> of what was the replaced person's
  moved text[] not null,
  -- Consent/<id> of what opens nothing since, of either
  closed text[] not null,
  undone_at timestamptz
);

create index person_merge_people on fingerpost.person_merge (surviving, replaced);
