# What people typed by habit, where it takes the cmdlets of an installed PowerShell. Named after the rows of the list of what they saw.
BeforeAll {
    $root = Split-Path -Parent (Split-Path -Parent $PSScriptRoot)
    Import-Module (Join-Path $root 'out/PstMigration/PstMigration.psd1') -Force
    $script:folder = (New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) "tried-$([guid]::NewGuid())")).FullName
    $script:file = Join-Path $folder 'archive.pst'
    Copy-Item (Join-Path $root 'samples/rehearsal.pst') $file
    Push-Location $folder
}

AfterAll {
    Get-MsMailbox | Disconnect-MsMailbox
    Pop-Location
    Remove-Module PstMigration -ErrorAction SilentlyContinue
    Remove-Item $folder -Recurse -Force
}

Describe 'A2' {
    It 'no object that is not a file is one to <_>' -ForEach @(
        'Remove-Item', 'Move-Item', 'Copy-Item', 'Rename-Item', 'Set-Content', 'Clear-Content', 'Set-Item', 'Clear-Item', 'Invoke-Item', 'Get-Content'
    ) {
        $command = $_
        $m = Connect-MsMailbox -Sandbox (Join-Path $folder 'm.mailbox') -NoThrottling
        $journals, $plans = (Join-Path $folder 'journals'), (Join-Path $folder 'plans')
        $objects = @(
            Get-PstFolder $file -Recurse
            Get-PstItem $file
            (Get-PstItem $file)[0].GetRecipients()
            (Get-PstItem $file)[0].GetBody()
            $m
            Get-MsMailbox
            Get-MsMailboxFolder $m
            Import-PstToMailbox $file $m -PassThru -JournalFolder $journals | Where-Object { -not $_.PSObject.Properties['Path'] }
            Compare-PstToMailbox $file $m -PassThru -IncludeEqual | Where-Object { -not $_.PSObject.Properties['Path'] }
            Get-PstTransfer -JournalFolder $journals
            Register-MailboxBackup "b$command" $m (Join-Path $folder "b$command") -Scheduler None -PlanFolder $plans
            Start-MailboxBackup "b$command" -PlanFolder $plans
        )
        # Things of these names lie here.
        foreach ($name in $objects | ForEach-Object { "$_" } | Where-Object { $_ -match '^[\w@. -]+$' }) { $null = New-Item -Path (Join-Path $folder $name) -ItemType File -ErrorAction SilentlyContinue }
        $before = (Get-ChildItem $folder -Recurse | ForEach-Object { "$($_.FullName) $($_.Length)" }) -join "`n"
        $arguments = @{ WhatIf = $true; ErrorAction = 'SilentlyContinue' }
        if ($command -in 'Move-Item', 'Copy-Item') { $arguments.Destination = Join-Path $folder 'elsewhere' }
        if ($command -eq 'Rename-Item') { $arguments.NewName = 'x' }
        if ($command -in 'Set-Content', 'Set-Item') { $arguments.Value = 'x' }
        if ($command -eq 'Get-Content') { $arguments.Remove('WhatIf') }
        $errorsOfAll = foreach ($object in $objects) {
            $wrong = $null
            try { $null = $object | & $command @arguments -ErrorVariable wrong } catch { $wrong = $_ }
            if ($wrong) { 1 }
        }
        @($errorsOfAll).Count | Should -Be $objects.Count
        (Get-ChildItem $folder -Recurse | ForEach-Object { "$($_.FullName) $($_.Length)" }) -join "`n" | Should -Be $before
    }
}

Describe 'C5' {
    It 'results become rows and JSON that people can read' {
        $result = Export-PstItem $file (Join-Path $folder 'c5') -Format Text -WarningAction Ignore
        $row = $result | ConvertTo-Csv | ConvertFrom-Csv
        $row.Losses | Should -Not -Match 'System|Dictionary|List'
        $row.Losses | Should -Match '^[A-Za-z]+ \d+'
        ($result.Issues | ConvertTo-Csv | ConvertFrom-Csv)[0].Losses | Should -Not -Match '[<>`]'
        (Get-PstFile $file | ConvertTo-Json -Depth 2 | ConvertFrom-Json).Kind | Should -Be 'Pst'
        (Get-PstFile $file | ConvertTo-Json -Depth 2 | ConvertFrom-Json).Health | Should -Be 'NothingFound'
        (Test-LegacyMailAccount taro@hotmail.co.jp -Offline | ConvertTo-Json -Depth 2 | ConvertFrom-Json).Verdict | Should -BeOfType string
    }
}

Describe 'B2, B4 and C6' {
    BeforeAll {
        $script:items = @(Get-PstItem $file -Folder Inbox)
        $items | Export-Clixml (Join-Path $folder 'items.xml')
        $items | Export-Csv (Join-Path $folder 'items.csv') -NoTypeInformation
        Get-PstFolder $file -Folder Inbox | Export-Csv (Join-Path $folder 'folders.csv') -NoTypeInformation
    }

    It 'C6 times of items out of a file are times' {
        $again = Import-Clixml (Join-Path $folder 'items.xml')
        $again[0].Time | Should -BeOfType DateTime
        $again[0].Time | Should -Be $items[0].Time
        @($again | Where-Object Time -gt '2001-01-01').Count | Should -Be $items.Count
    }

    It 'items out of <_> still open' -ForEach @('Import-Clixml', 'Import-Csv') {
        $source = if ($_ -eq 'Import-Csv') { 'items.csv' } else { 'items.xml' }
        @(& $_ (Join-Path $folder $source) | Export-PstItem -Destination (Join-Path $folder "out-$_") -PassThru).Count | Should -Be $items.Count
        (& $_ (Join-Path $folder $source) | Import-PstItem -Destination (Join-Path $folder "$_.pst")).Read | Should -Be $items.Count
    }

    It 'items out of a job still open' {
        $manifest = (Get-Module PstMigration).Path -replace 'psm1$', 'psd1'
        $job = Start-Job { Import-Module $using:manifest; Get-PstItem $using:file -Folder Inbox } | Receive-Job -Wait -AutoRemoveJob
        @($job | Export-PstItem -Destination (Join-Path $folder 'out-job') -PassThru).Count | Should -Be $items.Count
    }

    It 'folders out of a table are those folders' {
        (Import-Csv (Join-Path $folder 'folders.csv') | Import-PstItem -Destination (Join-Path $folder 'folders.pst')).Read | Should -Be $items.Count
    }
}

Describe 'D7' {
    It 'files that were written are items of the file system' {
        $written = @(Export-PstItem $file (Join-Path $folder 'd7') -Format Text -PassThru)
        ($written | Get-Content) -join "`n" | Should -Match 'Subject: '
        @($written | Get-Item).Count | Should -Be $written.Count
        $written | Out-String | Should -Match 'Directory: '
    }
}

Describe 'B5' {
    It 'what is shown can be sorted and filtered by' {
        @(Test-PstFile $file | Where-Object Errors -gt 0).Count | Should -Be 0
        @(Test-PstFile $file | Where-Object Errors -eq 0).Count | Should -Be 1
        @(Get-PstFolder $file -Recurse | Where-Object Items -gt 0).Count | Should -BeGreaterThan 0
        (Get-PstFolder $file -Recurse | Sort-Object Items -Descending)[0].ItemCount | Should -BeGreaterThan 0
    }
}
