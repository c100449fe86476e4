<#
.SYNOPSIS
    Measures the cmdlets on files that are far larger in one respect than any is.
.DESCRIPTION
    Each row runs in a process of its own: the peak of its resident memory above what it was once the module was imported, and the processor's
    seconds in user mode. fuzz/PstMigration.Fuzz makes the files: PstMigration.Fuzz hostile FOLDER. Linux tells the peak; elsewhere it is not measured.
    With -StopAfter it stops each row after so many seconds instead, as Ctrl+C does, and tells how long that takes: on the clock, and of the processor.
.EXAMPLE
    pwsh -NoProfile bench/hostile.ps1 -Files /tmp/hostile -Module out/PstMigration -Row '*text*'
#>
param(
    [Parameter(Mandatory)][string]$Files,
    [string]$Module = (Join-Path $PSScriptRoot '../out/PstMigration'),
    [string[]]$Row = '*',
    [int]$Seconds = 120,
    [string]$StopAfter,
    [string]$One
)

$ErrorActionPreference = 'Stop'
$rows = [ordered]@{}
function Add-Row([string]$Name, [scriptblock]$Work) { $rows[$Name] = $Work }

foreach ($file in 'shared.pst', 'shared-lists.pst', 'compressed.ost', 'text.pst', 'html.pst', 'headers.pst', 'rtf.pst', 'rtf-picture.pst', 'occurrences.pst', 'left-out.pst', 'recipients-16000.pst', 'recipients-200000.pst', 'attachments.pst') {
    foreach ($format in 'Eml', 'Mbox', 'Maildir', 'Html', 'Text', 'Json', 'JsonBinary', 'Csv') {
        Add-Row "$file to $format" {
            $options = if ($format -eq 'JsonBinary') { @{ Format = 'Json'; IncludeBinary = $true } } else { @{ Format = $format } }
            Export-PstItem $input1 -Destination $out @options
        }.GetNewClosure()
    }
    Add-Row "$file into .pst" { Import-PstItem $input1 (Join-Path $out 'new.pst') }
    Add-Row "$file body" { Get-PstItem $input1 '*' | ForEach-Object { [pscustomobject]@{ Text = $_.GetBody().Text.Length; Recipients = $_.GetRecipients().Count } } }
    Add-Row "$file tested" { Test-PstFile $input1 }
    Add-Row "$file into mailbox" { Import-PstToMailbox $input1 (Connect-MsMailbox -Sandbox (Join-Path $out 'box.mailbox') -NoThrottling) }
}
foreach ($file in 'text.eml', 'html.eml', 'headers.eml', 'header.eml', 'part-headers.eml', 'parts.eml', 'recipients.eml', 'references.eml', 'words.eml', 'word-names.eml', 'comments.eml', 'parameters.eml', 'keywords.eml', 'nested.eml', 'uuencoded.eml', 'body.mbox') {
    Add-Row "$file into .pst" { Import-PstItem $input1 (Join-Path $out 'new.pst') }
}
foreach ($file in 'text.eml', 'parts.eml') {
    Add-Row "$file from mailbox" {
        $null = Import-PstItem $input1 (Join-Path $out 'new.pst')
        $box = Connect-MsMailbox -Sandbox (Join-Path $out 'box.mailbox') -NoThrottling
        Import-PstToMailbox (Join-Path $out 'new.pst') $box
        Export-MailboxToPst $box (Join-Path $out 'back.pst')
    }
}
Add-Row 'folders.pst into mailbox' { Import-PstToMailbox $input1 (Connect-MsMailbox -Sandbox (Join-Path $out 'box.mailbox') -NoThrottling) }
Add-Row 'folders.pst from mailbox' {
    $box = Connect-MsMailbox -Sandbox (Join-Path $out 'box.mailbox') -NoThrottling
    Import-PstToMailbox $input1 $box
    Export-MailboxToPst $box (Join-Path $out 'back.pst')
}
Add-Row 'folders.pst into .pst' { Import-PstItem $input1 (Join-Path $out 'new.pst') }
Add-Row 'folders.pst to Eml' { Export-PstItem $input1 -Destination $out }

if ($One) {
    $input1 = Join-Path $Files ($One -split ' ')[0]
    $out = Join-Path ([IO.Path]::GetTempPath()) ('hostile-' + $PID)
    $null = New-Item -ItemType Directory $out
    if ($StopAfter) {
        foreach ($delay in [double[]]($StopAfter -split ',')) {
            $shell = [powershell]::Create()
            $null = $shell.AddScript("Import-Module '$Module'; `$input1 = '$input1'; `$out = '$out/$delay'; `$null = New-Item -ItemType Directory `$out").Invoke()
            $shell.Commands.Clear()
            $run = $shell.AddScript($rows[$One].ToString().Replace('@options', '-Format ' + ($One -split ' ')[-1])).BeginInvoke()
            $ended = $run.AsyncWaitHandle.WaitOne([int](1000 * $delay))
            $cpu = [Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            '| {0} | {1} | {2:F2} | {3:F2} | {4} |' -f $One, $delay, $watch.Elapsed.TotalSeconds, ([Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime - $cpu).TotalSeconds,
                $(if ($ended) { "ended before: $($shell.Streams.Error[0])" } else { $shell.InvocationStateInfo.State })
            $shell.Dispose()
        }
        Remove-Item -Recurse -Force $out
        return
    }
    Import-Module $Module
    $self = [Diagnostics.Process]::GetCurrentProcess()
    $before = $self.WorkingSet64
    $cpu = $self.UserProcessorTime
    $told = ''
    try {
        $results = @(& $rows[$One] 3>$null)
        $told = ($results | ForEach-Object {
            if ($_.psobject.Properties['Copied']) { "read $($_.Read) copied $($_.Copied) failed $($_.Failed)" + $(if ($_.Issues) { ": " + (@($_.Issues)[0..1] -join '; ') }) }
            elseif ($_.psobject.Properties['Text']) { "text $($_.Text) recipients $($_.Recipients)" }
            else { "$_" }
        }) -join ' | '
    } catch { $told = $_.Exception.GetType().Name + ' ' + $_.FullyQualifiedErrorId + ': ' + $_.Exception.Message }
    $self.Refresh()
    $size = (Get-ChildItem -Recurse -File $out | Measure-Object Length -Sum).Sum
    $told = $told -replace '\s+', ' ' -replace '\|', '/'
    '| {0} | {1:F0} | {2:F1} | {3:F1} | {4} |' -f $One, (($self.PeakWorkingSet64 - $before) / 1MB), ($self.UserProcessorTime - $cpu).TotalSeconds, ($size / 1MB), $told.Substring(0, [Math]::Min(300, $told.Length))
    Remove-Item -Recurse -Force $out
    return
}

if ($StopAfter) { '| what | stopped after, s | s until it ended | of processor | state |'; '|---|--:|--:|--:|---|' }
else { '| what | peak above the start, MB | user s | written MB | result |'; '|---|--:|--:|--:|---|' }
foreach ($name in $rows.Keys) {
    if (-not ($Row | Where-Object { $name -like $_ })) { continue }
    $start = [Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path)
    foreach ($argument in '-NoProfile', '-NonInteractive', '-File', $PSCommandPath, '-Files', $Files, '-Module', $Module, '-One', $name) { $start.ArgumentList.Add($argument) }
    if ($StopAfter) { $start.ArgumentList.Add('-StopAfter'); $start.ArgumentList.Add($StopAfter) }
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    $output = $process.StandardOutput.ReadToEndAsync()
    if ($process.WaitForExit($Seconds * 1000)) { $output.Result.TrimEnd() }
    else {
        $process.Refresh()
        '| {0} | {1:F0} | {2:F1} | | stopped after {3} s |' -f $name, ($process.PeakWorkingSet64 / 1MB), $process.UserProcessorTime.TotalSeconds, $Seconds
        $process.Kill($true)
    }
}
