<#
.SYNOPSIS
    Takes a small mailbox there and back: out of a .pst, into a sandbox mailbox, and into a new .pst.

.DESCRIPTION
    Nothing leaves this machine. The sandbox is a mailbox in one file that answers like Microsoft Graph; the import and the
    export are the same that a real mailbox would get. Run it twice: the second import finds everything already there.

.PARAMETER Path
    The .pst to rehearse with; the sample beside this script where not given.

.PARAMETER Workspace
    Where the sandbox mailbox and the exported file are kept.

.EXAMPLE
    dotnet run --project src/PstMigration.Shell -- -File samples/rehearsal.ps1

    Rehearses with the sample, with nothing installed but the .NET SDK.

.EXAMPLE
    .\samples\rehearsal.ps1 -Path C:\Mail\archive.pst -Workspace C:\Rehearsal

    Rehearses with a file of your own. The file is only read.
#>
[CmdletBinding()]
param(
    [string] $Path = [System.IO.Path]::Combine($PSScriptRoot, 'rehearsal.pst'),
    [string] $Workspace = [System.IO.Path]::Combine($PSScriptRoot, '..', 'out', 'rehearsal')
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module PstMigration)) {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', 'out', 'PstMigration', 'PstMigration.psd1'))
}

# Relative paths are the session's, not the process's.
$Path = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
$Workspace = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Workspace)
$null = [System.IO.Directory]::CreateDirectory($Workspace)
$sandbox = [System.IO.Path]::Combine($Workspace, 'rehearsal.mailbox')
$exported = [System.IO.Path]::Combine($Workspace, 'rehearsal-export.pst')

function Get-ItemKey($Item) {
    # What a person would compare: place, kind, subject, the two times to the second, and whether files hang on it.
    $times = foreach ($time in $Item.SentTime, $Item.ReceivedTime) {
        if ($time) { $time.ToUniversalTime().ToString('yyyy-MM-dd HH:mm:ss') } else { '-' }
    }
    @($Item.Folder, $Item.MessageClass, $Item.Subject, $Item.HasAttachments) + $times -join "`n"
}

function Write-Step([string] $Number, [string] $Title, [string] $Result) {
    Write-Host ('  {0}  {1} {2}' -f $Number, $Title.PadRight(26, '.'), $Result)
}

Write-Host ''
Write-Host 'PstMigration rehearsal'
Write-Host ''

# The folders of a new mailbox are named in a language; an existing one has its names.
$language = @{}
if (-not [System.IO.File]::Exists($sandbox)) {
    $language.Culture = 'ja-JP'
}
$mailbox = Connect-MsMailbox -Sandbox $sandbox @language -NoThrottling
try {
    Write-Step 1 'Sandbox mailbox ' "$($mailbox.Address) in $sandbox"

    $import = Import-PstToMailbox -LiteralPath $Path -Mailbox $mailbox -ErrorAction Continue
    $what = "$($import.Copied) of $($import.Read) items copied"
    if ($import.AlreadyThere -gt 0) {
        $what = "$($import.AlreadyThere) of $($import.Read) items already there, $($import.Copied) copied"
    }
    Write-Step 2 'Import into the mailbox ' ('{0} ({1:0.0} s)' -f $what, $import.Duration.TotalSeconds)

    $export = Export-MailboxToPst -Mailbox $mailbox -Path $exported -ErrorAction Continue
    Write-Step 3 'Export to a new .pst ' ('{0} of {1} items to {2} ({3:0.0} s)' -f $export.Copied, $export.Read, $exported, $export.Duration.TotalSeconds)
}
finally {
    Disconnect-MsMailbox -Mailbox $mailbox
}

$check = Test-PstFile -LiteralPath $exported
Write-Step 4 'Check the new file ' $(if ($check.IsValid) { 'sound' } else { 'NOT SOUND: see Test-PstFile' })

$arrived = @{}
foreach ($item in Get-PstItem -LiteralPath $exported) {
    $key = Get-ItemKey $item
    $arrived[$key] = 1 + [int] $arrived[$key]
}

$same = 0
$rows = foreach ($item in Get-PstItem -LiteralPath $Path) {
    $key = Get-ItemKey $item
    $result = 'MISSING'
    if ($arrived[$key] -gt 0) {
        $arrived[$key]--
        $same++
        $result = 'same'
    }
    [pscustomobject] @{ Folder = $item.Folder; Subject = $item.Subject; Sent = $item.SentTime; Result = $result }
}
$rows = @($rows)
Write-Step 5 'Compare ' "$same of $($rows.Count) items are the same"

Write-Host ''
$rows | Format-Table Folder, Subject, Sent, Result

$issues = @($import.Issues) + @($export.Issues)
if ($issues.Count -gt 0) {
    Write-Host 'What did not arrive whole:'
    $issues | Format-List Folder, Subject, Fate, Losses, Reason
}

# What the mailbox could not take is told by the import; anything else missing is a fault.
if (-not $check.IsValid -or $same + $import.Skipped + $import.Failed + $import.Unsure -lt $rows.Count) {
    Write-Host 'The rehearsal FAILED.'
    exit 1
}
Write-Host 'The rehearsal succeeded.'
