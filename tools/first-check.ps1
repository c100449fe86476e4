<#
.SYNOPSIS
    Checks on a Windows PC with Outlook what cannot be checked anywhere else, and writes one report to send back.

.DESCRIPTION
    Imports the module in Windows PowerShell 5.1 and in PowerShell 7 (where installed), runs the rehearsal, opens the
    exported file in Outlook, lets scanpst look at a copy of it, and writes what was seen to one JSON file.

    Your profile in Outlook is not changed: the file is attached to the running session and detached again.
    The report holds no subject, no address, no user name and no computer name. Read it before you send it.

.PARAMETER Module
    The staged module: a folder with PstMigration.psd1.

.PARAMETER Report
    Where the report goes.

.PARAMETER SkipOutlook
    Leaves Outlook and scanpst alone.

.EXAMPLE
    powershell -ExecutionPolicy Bypass -File tools\first-check.ps1

    Runs every check and writes first-check.json into the current folder.
#>
[CmdletBinding()]
param(
    [string] $Module = [System.IO.Path]::Combine($PSScriptRoot, '..', 'out', 'PstMigration'),
    [string] $Report = [System.IO.Path]::Combine((Get-Location).ProviderPath, 'first-check.json'),
    [switch] $SkipOutlook
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$manifest = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($Module, 'PstMigration.psd1'))
$rehearsal = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', 'samples', 'rehearsal.ps1'))
$steps = New-Object System.Collections.ArrayList

function Get-RedactedText([string] $Text) {
    foreach ($secret in @($env:USERPROFILE, $env:USERNAME, $env:COMPUTERNAME, $env:USERDOMAIN, $PSScriptRoot)) {
        if ($secret -and $secret.Length -gt 2) {
            $Text = $Text -replace [regex]::Escape($secret), '***'
        }
    }
    $Text -replace '[\w.+-]+@[\w-]+(\.[\w-]+)+', '***@***'
}

function Add-Step([string] $Name, [scriptblock] $Action) {
    Write-Host "$Name ..." -NoNewline
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $step = [ordered] @{ Name = $Name; Result = 'Passed'; Seconds = 0.0; Detail = $null }
    try {
        $step.Detail = & $Action
    }
    catch {
        $step.Result = 'Failed'
        $step.Detail = Get-RedactedText ($_ | Out-String)
    }
    $step.Seconds = [Math]::Round($watch.Elapsed.TotalSeconds, 1)
    $null = $steps.Add([pscustomobject] $step)
    Write-Host " $($step.Result.ToLowerInvariant())"
}

function Invoke-Shell([string] $Shell, [string] $Command) {
    $output = & $Shell -NoProfile -NonInteractive -ExecutionPolicy Bypass -Command $Command 2>&1 | Out-String
    if ($LASTEXITCODE -ne 0) {
        throw "$Shell ended with exit code $LASTEXITCODE. $output"
    }
    Get-RedactedText $output.Trim()
}

$importCommand = "Import-Module '$($manifest.Replace("'", "''"))' -ErrorAction Stop; " +
    "`$commands = @(Get-Command -Module PstMigration); " +
    "if (`$commands.Count -eq 0) { throw 'Nothing is exported.' }; " +
    "`$PSVersionTable.PSVersion.ToString() + ', ' + `$commands.Count + ' commands, help: ' + (Get-Help Import-PstToMailbox).Synopsis"

Add-Step 'This PC' {
    [ordered] @{
        Windows = [Environment]::OSVersion.Version.ToString()
        Architecture = $env:PROCESSOR_ARCHITECTURE
        Culture = (Get-Culture).Name
        Ansi = [System.Text.Encoding]::Default.CodePage
    }
}

Add-Step 'Import in Windows PowerShell 5.1' { Invoke-Shell 'powershell.exe' $importCommand }

if (Get-Command pwsh.exe -ErrorAction SilentlyContinue) {
    Add-Step 'Import in PowerShell 7' { Invoke-Shell 'pwsh.exe' $importCommand }
}

$workspace = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), 'PstMigration-first-check')
$exported = [System.IO.Path]::Combine($workspace, 'rehearsal-export.pst')

Add-Step 'Rehearsal in Windows PowerShell 5.1' {
    if (Test-Path -LiteralPath $workspace) {
        Remove-Item -LiteralPath $workspace -Recurse -Force
    }
    $output = & powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File $rehearsal -Workspace $workspace 2>&1 | Out-String
    if ($LASTEXITCODE -ne 0) {
        throw "The rehearsal ended with exit code $LASTEXITCODE. $output"
    }
    Get-RedactedText $output.Trim()
}

if (-not $SkipOutlook) {
    Add-Step 'Open the exported file in Outlook' {
        $outlook = New-Object -ComObject Outlook.Application
        $session = $outlook.GetNamespace('MAPI')
        $session.AddStoreEx($exported, 3)
        $store = $null
        foreach ($candidate in $session.Stores) {
            if ($candidate.FilePath -eq $exported) {
                $store = $candidate
            }
        }
        if (-not $store) {
            throw 'Outlook attached the file but does not list it.'
        }

        $root = $store.GetRootFolder()
        try {
            $folders = New-Object System.Collections.ArrayList
            $queue = New-Object System.Collections.Queue
            $queue.Enqueue($root)
            while ($queue.Count -gt 0) {
                $folder = $queue.Dequeue()
                $classes = @{}
                foreach ($item in $folder.Items) {
                    $classes[$item.MessageClass] = 1 + [int] $classes[$item.MessageClass]
                }
                $null = $folders.Add([pscustomobject] @{ Items = $folder.Items.Count; Unread = $folder.UnReadItemCount; Classes = $classes })
                foreach ($child in $folder.Folders) {
                    $queue.Enqueue($child)
                }
            }
            [ordered] @{ Outlook = $outlook.Version; Folders = $folders }
        }
        finally {
            $session.RemoveStore($root)
        }
    }

    Add-Step 'scanpst on a copy' {
        $scanner = Get-ChildItem -Path $env:ProgramFiles, ${env:ProgramFiles(x86)} -Filter SCANPST.EXE -Recurse -ErrorAction SilentlyContinue |
            Select-Object -First 1
        if (-not $scanner) {
            throw 'SCANPST.EXE was not found below Program Files.'
        }

        $copy = [System.IO.Path]::Combine($workspace, 'scanpst.pst')
        Copy-Item -LiteralPath $exported -Destination $copy -Force
        Write-Host ''
        Write-Host "  scanpst opens now. Choose 'Start', read the result, then close it WITHOUT repairing."
        Set-Clipboard -Value $copy
        Write-Host '  (The path of the file to check is on the clipboard.)'
        Start-Process -FilePath $scanner.FullName -Wait
        $answer = Read-Host '  Did scanpst find errors? (none / minor / errors)'
        $log = [System.IO.Path]::ChangeExtension($copy, '.log')
        [ordered] @{
            Answer = $answer
            Version = $scanner.VersionInfo.FileVersion
            Log = $(if (Test-Path -LiteralPath $log) { Get-RedactedText (Get-Content -LiteralPath $log -Raw) } else { 'no log was written' })
        }
    }
}

$result = [ordered] @{
    Module = (Import-PowerShellDataFile -LiteralPath $manifest).ModuleVersion
    Checked = [DateTimeOffset]::UtcNow.ToString('o')
    Steps = $steps
}
$result | ConvertTo-Json -Depth 8 | Set-Content -LiteralPath $Report -Encoding UTF8
Write-Host "Report: $Report"
if (@($steps | Where-Object { $_.Result -eq 'Failed' }).Count -gt 0) {
    exit 1
}
