# Acceptance in a real shell (powershell 5.1, pwsh 7.4 and later): what the engine's package alone cannot show.
BeforeAll {
    $root = Split-Path -Parent (Split-Path -Parent $PSScriptRoot)
    $script:manifest = Join-Path $root 'out/PstMigration/PstMigration.psd1'
    $script:sample = Join-Path $root 'samples/rehearsal.pst'
    $script:data = Join-Path ([IO.Path]::GetTempPath()) "pstmigration-pester-$PID"
    $env:PSTMIGRATION_DATA = $script:data
    Import-Module $manifest -Force
}

AfterAll {
    Remove-Module PstMigration -ErrorAction SilentlyContinue
    Remove-Item $script:data -Recurse -Force -ErrorAction SilentlyContinue
    $env:PSTMIGRATION_DATA = $null
}

Describe 'Import' {
    It 'exports what the manifest says' {
        $declared = (Import-PowerShellDataFile $manifest).CmdletsToExport | Sort-Object
        (Get-Command -Module PstMigration).Name | Sort-Object | Should -Be $declared
    }

    It 'exports the same after -Force' {
        $before = (Get-Command -Module PstMigration).Count
        Import-Module $manifest -Force
        (Get-Command -Module PstMigration).Count | Should -Be $before
    }

    It 'is found by name and loaded by use' {
        $modules = Split-Path -Parent (Split-Path -Parent $manifest)
        $shell = (Get-Process -Id $PID).Path
        $command = "`$env:PSModulePath = '$modules' + [System.IO.Path]::PathSeparator + `$env:PSModulePath; " +
            "(Get-PstFile '$sample').Name"
        & $shell -NoProfile -NonInteractive -Command $command | Should -Be 'rehearsal.pst'
    }

    It 'leaves the versions of libraries in other contexts alone' -Skip:($PSVersionTable.PSEdition -ne 'Core') {
        Get-PstFile $sample | Should -Not -BeNullOrEmpty
        $bin = Join-Path (Split-Path -Parent $manifest) 'bin'
        $default = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies |
            Where-Object { -not $_.IsDynamic -and $_.Location.StartsWith($bin) }
        $default.Count | Should -Be 1
        $default.GetName().Name | Should -Be 'PstMigration.Loader.V0'
    }

    It 'works in thread jobs' -Skip:(-not (Get-Command Start-ThreadJob -ErrorAction SilentlyContinue)) {
        $names = 1..3 | ForEach-Object {
            Start-ThreadJob { Import-Module $using:manifest; (Get-PstFile $using:sample).Name }
        } | Receive-Job -Wait -AutoRemoveJob
        $names | Should -Be @('rehearsal.pst', 'rehearsal.pst', 'rehearsal.pst')
    }
}

Describe 'Help' {
    It 'explains <_>' -ForEach @('Get-PstFile', 'Get-PstFolder', 'Get-PstItem') {
        $help = Get-Help $_ -Full
        $help.Synopsis | Should -Match '\.$'
        $help.description | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterThan 0
        foreach ($parameter in $help.parameters.parameter) {
            $parameter.description | Should -Not -BeNullOrEmpty -Because $parameter.name
        }
    }

    It 'has <_>' -ForEach @('about_PstMigration', 'about_PstMigration_Errors') {
        Get-Help $_ | Out-String | Should -Match $_
    }
}

Describe 'Data files' {
    It 'composes' {
        $all = @(Get-PstItem $sample)
        $all.Count | Should -BeGreaterThan 0
        $folders = @(Get-PstFolder $sample -Recurse)
        $folders.Count | Should -BeGreaterThan 0
        @($folders | Get-PstItem).Count | Should -Be $all.Count
        @(Get-Item $sample | Get-PstFile).Count | Should -Be 1
        @(Get-ChildItem (Split-Path -Parent $sample) -Filter *.pst | Get-PstItem).Count | Should -Be $all.Count
    }

    It 'stops early for Select-Object -First' {
        @(Get-PstItem $sample | Select-Object -First 1).Count | Should -Be 1
    }

    It 'writes an error for each bad path and goes on' {
        $found = @(Get-PstFile 'nowhere.pst', $sample -ErrorVariable problems -ErrorAction SilentlyContinue)
        $found.Count | Should -Be 1
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'PathNotFound,PstMigration.Commands.GetPstFileCommand'
    }

    It 'takes ages as people type them' {
        { Get-PstItem $sample -Since 30d -ErrorAction Stop } | Should -Not -Throw
        { Get-PstItem $sample -Since 2y -ErrorAction Stop } | Should -Not -Throw
        { Get-PstItem $sample -Since ([timespan]::FromDays(2)) -ErrorAction Stop } | Should -Not -Throw
        { Get-PstItem $sample -Since 2024-01-31 -ErrorAction Stop } | Should -Not -Throw
        { Get-PstItem $sample -Since 30 -ErrorAction Stop } | Should -Throw '*30d*'
    }

    It 'offers folders on Tab' {
        $line = "Get-PstItem '$sample' -Folder "
        $offers = (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
        $offers | Should -Contain 'Inbox'
    }

    It 'shows tables' {
        $view = Get-PstFile $sample | Out-String -Width 200
        $view | Should -Match 'Kind\s+Format\s+Size'
        $view | Should -Match 'rehearsal\.pst'
    }

    It 'exports once' {
        $target = Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid())
        try {
            $all = @(Get-PstItem $sample).Count
            $files = @(Get-PstFolder $sample -Recurse | Get-PstItem | Export-PstItem -Destination $target -PassThru)
            $files.Count | Should -Be $all
            $files[0] | Should -BeOfType System.IO.FileInfo
            (Export-PstItem $sample -Destination $target).AlreadyThere | Should -Be $all
            @(Get-PstItem $sample | Export-PstItem -Destination $target -Format Text -PassThru | Select-Object -First 1).Count | Should -Be 1
            @(Get-ChildItem $target -Recurse -Filter *.partial).Count | Should -Be 0
            Export-PstItem $sample -Destination $target -Format Csv | Out-Null
            @(Import-Csv (Join-Path $target 'rehearsal.csv')).Count | Should -Be $all
        }
        finally {
            Remove-Item $target -Recurse -ErrorAction SilentlyContinue
        }
    }
}

Describe 'Data files that are changed' {
    BeforeAll {
        $script:target = Join-Path ([IO.Path]::GetTempPath()) "pester-$([guid]::NewGuid()).pst"
    }

    AfterAll {
        Remove-Item $target -ErrorAction SilentlyContinue
    }

    It 'makes one, adds to it once, and deletes from it' {
        (New-PstFile $target -DefaultFolders).FolderCount | Should -Be 11
        $all = @(Get-PstItem $sample).Count
        (Import-PstItem $sample -Destination $target).Copied | Should -Be $all
        (Import-PstItem $sample -Destination $target).AlreadyThere | Should -Be $all
        Get-PstItem $target -Folder Inbox | Remove-PstItem
        Get-PstItem $target -Folder Inbox | Should -BeNullOrEmpty
        @(Get-PstItem $target).Count | Should -Be $all
        (Test-PstFile $target -OwnWriter).IsValid | Should -BeTrue
    }
}
