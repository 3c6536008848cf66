"""What people and programs see: JSON records, data frames, tables for terminal and notebook."""
