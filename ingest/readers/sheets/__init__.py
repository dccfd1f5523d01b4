"""What spreadsheets of every kind share: cells as seen, rules that colour them, tables anywhere on a sheet."""
