@echo off
rem Opens the desk of the office's folder beside this file, or of a folder that is dropped on it.
rem On first use it makes .venv beside it and installs the program there. No administrator rights are needed.
rem Only ASCII here: this file is read in the console's own code page. Chinese is printed by Python.
setlocal
chcp 65001 >nul
set "PYTHONUTF8=1"
set "OFFICE="
if not "%~1"=="" for %%I in ("%~1") do set "OFFICE=%%~fI"
pushd "%~dp0"
if errorlevel 1 goto failed
rem An office that worked in this folder itself goes on there; any other has a folder of its own.
if not defined OFFICE if exist "county.key" set "OFFICE=."
if not defined OFFICE if exist "desk\errands\" set "OFFICE=."
if not defined OFFICE set "OFFICE=office"
set "VENV=.venv\Scripts\python.exe"
if exist ".venv\ready.txt" goto open

set "PYTHON=py -3"
%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
if not errorlevel 1 goto found
set "PYTHON=python"
%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
if not errorlevel 1 goto found
echo Python 3.11 or newer is needed. Install it for yourself alone: see docs\windows.md.
goto wait

:found
%PYTHON% -c "print('\u7b2c\u4e00\u6b21\u4f7f\u7528\uff1a\u6b63\u5728\u5b89\u88c5\uff0c\u8981\u51e0\u5206\u949f\u3002')"
echo First use: installing, which takes some minutes.
%PYTHON% -m venv .venv
if errorlevel 1 goto failed
if exist "wheelhouse\" goto carried
"%VENV%" -m pip install --disable-pip-version-check -c constraints.txt ".[ledger]"
if errorlevel 1 goto failed
goto installed

:carried
"%VENV%" -m pip install --disable-pip-version-check --no-index --find-links wheelhouse "policycards[ledger]"
if errorlevel 1 goto failed

:installed
echo installed> ".venv\ready.txt"

:open
"%VENV%" -c "from policycards.cli import main; main()" desk "%OFFICE%"
if errorlevel 1 goto failed
popd
exit /b 0

:failed
echo.
echo It did not work. The lines above say why; docs\windows.md says what to do.
if exist "%VENV%" "%VENV%" -c "print('\u6ca1\u6709\u6210\u529f\u3002\u539f\u56e0\u89c1\u4e0a\u9762\u51e0\u884c\uff1b\u600e\u4e48\u529e\u89c1 docs\\windows.md\u3002')"

:wait
pause
popd
exit /b 1
