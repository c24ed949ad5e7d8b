-- What operators do with kept messages: an edited body stands beside its original as a row of its own,
-- and what is not to be worked on any more is discarded, and kept.
alter table fingerpost.message
  -- the original, of an edited one
  add column edited_from uuid references fingerpost.message (id),
  -- which edit of the original this is; 0 is the original itself
  add column edit_number integer not null default 0,
  -- how many times this one, an original, has been edited
  add column edits integer not null default 0,
  -- the sender's own id of the original: message_id of an edited one is ours
  add column sent_as text,
  add column edited_by text,
  add column edited_reason text,
  add column edited_at timestamptz,
  add column discarded_by text,
  add column discarded_reason text,
  add column discarded_at timestamptz,
  add constraint message_edit_is_whole check (
    (edited_from is null and edit_number = 0 and sent_as is null and edited_by is null
      and edited_reason is null and edited_at is null)
    or (edited_from is not null and edit_number > 0 and sent_as is not null and edited_by is not null
      and edited_reason is not null and edited_at is not null and edits = 0)),
  drop constraint message_state_check,
  add constraint message_state_check check (
    state in ('received', 'stored', 'refused', 'failed', 'held', 'discarded')),
  add constraint message_discard_is_whole check (
    state <> 'discarded' or (
      discarded_by is not null and discarded_reason is not null and discarded_at is not null));

-- Of an original and all its edits one at most is ever stored, whoever works on them at once.
create unique index message_stored_once on fingerpost.message (coalesce(edited_from, id))
  where state = 'stored';
create index message_edits on fingerpost.message (edited_from) where edited_from is not null;
create index message_listed on fingerpost.message (received_at desc, id desc);
