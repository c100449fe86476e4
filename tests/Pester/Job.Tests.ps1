# -AsJob, which takes the thread jobs of an installed PowerShell.
BeforeAll {
    $root = Split-Path -Parent (Split-Path -Parent $PSScriptRoot)
    Import-Module (Join-Path $root 'out/PstMigration/PstMigration.psd1') -Force
    $script:folder = (New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) "job-$([guid]::NewGuid())")).FullName
    $script:file = Join-Path $folder 'archive.pst'
    Copy-Item (Join-Path $root 'samples/rehearsal.pst') $file
    $script:journals = @{ JournalFolder = Join-Path $folder 'journals' }
    Push-Location $folder
    $script:m = Connect-MsMailbox -Sandbox (Join-Path $folder 'm.mailbox') -NoThrottling
    function Wait-Result($job) { $job | Should -BeOfType System.Management.Automation.Job; $job | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop }
}

AfterAll {
    Get-MsMailbox | Disconnect-MsMailbox
    Pop-Location
    Remove-Module PstMigration -ErrorAction SilentlyContinue
    Remove-Item $folder -Recurse -Force
}

Describe 'A job' -Skip:(-not (Get-Command Start-ThreadJob -ErrorAction Ignore)) {
    It 'does what the cmdlet does, with the connections of the session' {
        $result = Wait-Result (Import-PstToMailbox archive.pst $m -AsJob @journals)
        $result | Should -BeOfType PstMigration.PstTransferResult
        $result.Copied | Should -Be 5
        [object]::ReferenceEquals($result.Mailbox, $m) | Should -BeTrue
        (Wait-Result (Import-PstToMailbox archive.pst $m.Address -AsJob @journals)).AlreadyThere | Should -Be 5
        (Wait-Result (Import-PstToMailbox archive.pst -AsJob -Verify @journals)).Verification.IsWhole | Should -BeTrue
        $m.IsConnected | Should -BeTrue
    }

    It 'takes what comes through the pipeline, whatever it binds to' {
        (Wait-Result (Get-Item archive.pst | Import-PstItem -Destination files.pst -AsJob @journals)).Copied | Should -Be 5
        (Wait-Result (Get-PstItem archive.pst -Folder Inbox | Import-PstItem -Destination items.pst -AsJob @journals)).Copied | Should -Be 2
        (Wait-Result (Get-PstFolder archive.pst -Folder Inbox | Import-PstItem -Destination folders.pst -AsJob @journals)).Copied | Should -Be 2
        $rows = [pscustomobject]@{ Path = $file; Mailbox = $m.Address; TargetFolder = 'One' }, [pscustomobject]@{ Path = $file; Mailbox = $m.Address; TargetFolder = 'Two' }
        $results = @(Wait-Result ($rows | Import-PstToMailbox -AsJob @journals))
        $results.Count | Should -Be 2
        @(Wait-Result (Get-PstItem archive.pst | Export-PstItem -Destination out -Format Text -PassThru -AsJob -WarningAction Ignore)).Count | Should -Be 5
        (Wait-Result (Get-MsMailboxFolder $m -Folder Inbox | Export-MailboxToPst -Path inbox.pst -AsJob @journals)).Copied | Should -BeGreaterThan 0
        Wait-Result (Compare-PstToMailbox archive.pst $m -AsJob) | Should -BeOfType PstMigration.PstComparison
    }

    It 'gives errors about its inputs as errors, and goes on' {
        $job = 'nope.pst', 'archive.pst' | Import-PstItem -Destination errors.pst -AsJob @journals
        $result = $job | Receive-Job -Wait -AutoRemoveJob -ErrorVariable wrong -ErrorAction SilentlyContinue
        $result.Copied | Should -Be 5
        $wrong[0].FullyQualifiedErrorId | Should -BeLike 'PathNotFound*'
    }

    It 'is not started by -WhatIf' {
        Import-PstItem archive.pst whatif.pst -AsJob -WhatIf | Should -BeNullOrEmpty
        Test-Path whatif.pst | Should -BeFalse
    }

    It 'is stopped, not failed, however early that is' {
        foreach ($i in 1..10) {
            $job = Export-PstItem archive.pst -Destination "early$i" -AsJob @journals
            Stop-Job $job
            "$($job.State) $($job.Error)" | Should -Be 'Stopped '
            Remove-Job $job
        }
    }

    It 'is given back without a wait where others wait already' {
        $busy = 1..12 | ForEach-Object { Start-ThreadJob { Start-Sleep 30 } -ThrottleLimit 2 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $jobs = foreach ($i in 1..5) { Export-PstItem archive.pst -Destination "queued$i" -AsJob @journals }
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 12
        $jobs.State | Select-Object -Unique | Should -Be NotStarted
        $jobs + $busy | Remove-Job -Force
    }

    It 'stops with Stop-Job, and what was copied stays' {
        $many = New-Item -ItemType Directory mail
        foreach ($i in 1..1200) { Set-Content (Join-Path $many "$i.eml") "From: a@example.jp`nSubject: $i`nMessage-ID: <$i@example.jp>`n`ntext" }
        $job = Import-PstToMailbox (Import-PstItem mail many.pst -WarningAction Ignore @journals).Path $m -AsJob @journals
        while ($job.State -ne 'Running' -or $job.Progress.Count -eq 0) { Start-Sleep -Milliseconds 20 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Stop-Job $job
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 20
        $job.State | Should -Be 'Stopped'
        Remove-Job $job
        $m.IsConnected | Should -BeTrue
        $rest = Import-PstToMailbox many.pst $m @journals
        $rest.Copied | Should -BeLessOrEqual 1200
        $rest.Copied + $rest.AlreadyThere | Should -Be 1200
    }
}
