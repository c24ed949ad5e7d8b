-- The reference within the message id of a council's row: <32 hex digits>/<reference>.
create index message_reference on fingerpost.message (sender, (substr(message_id, 34)))
  where channel = 'council-csv';
