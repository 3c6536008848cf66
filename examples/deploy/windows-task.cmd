@echo off
rem A pass every night at two. Run once, as the user whose job it is; that user needs the right
rem to write to the workspace. Secrets: setx PLANTRACK_NOTIFY_URLS "..." for the same user.
schtasks /Create /F /TN plantrack /SC DAILY /ST 02:00 /TR "cmd /c cd /d C:\plantrack\w && C:\plantrack\venv\Scripts\plantrack.exe run --log-format json >> run.jsonl 2>&1"
