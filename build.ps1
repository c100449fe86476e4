<#
.SYNOPSIS
    Builds, tests and packs PstMigration. Every step is in the projects; this only calls them.

.DESCRIPTION
    Uses commands of the PowerShell engine and the .NET SDK alone, so that it also runs where no PowerShell is installed:
    dotnet run --project src/PstMigration.Shell -- -File build.ps1 -Task Test

.PARAMETER Task
    Build    Builds everything and stages the module in out/PstMigration.
    Test     Builds and runs all tests: dotnet test.
    Help     Makes the help in en-US and ja-JP from src/PstMigration/Help, and stages it.
    Pester   Stages, and runs the acceptance tests in this shell. Needs pwsh or powershell, and Pester 5.
    Package  Stages a Release build and packs it as out/PstMigration.<version>.zip.

.PARAMETER Configuration
    Debug or Release.

.EXAMPLE
    ./build.ps1 -Task Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Help', 'Pester', 'Package')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$moduleProject = [System.IO.Path]::Combine($root, 'src', 'PstMigration.Module')
$staged = [System.IO.Path]::Combine($root, 'out', 'PstMigration')

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $args ended with code $LASTEXITCODE."
    }
}

function Get-Tag([string] $Name) {
    # Read as text: Import-PowerShellDataFile is not part of the engine.
    $manifest = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($staged, 'PstMigration.psd1'))
    [regex]::Match($manifest, "$Name\s*=\s*'([^']+)'").Groups[1].Value
}

switch ($Task) {
    'Build' {
        Invoke-DotNet build ([System.IO.Path]::Combine($root, 'PstMigration.sln')) --configuration $Configuration
    }
    'Test' {
        Invoke-DotNet test --solution ([System.IO.Path]::Combine($root, 'PstMigration.sln')) --configuration $Configuration
    }
    'Help' {
        Invoke-DotNet run --project ([System.IO.Path]::Combine($root, 'tools', 'PstMigration.Help')) --configuration $Configuration
        Invoke-DotNet build $moduleProject --configuration $Configuration
    }
    'Pester' {
        if (-not (Get-Command -Name Import-PowerShellDataFile -ErrorAction Ignore)) {
            throw 'The acceptance tests need an installed PowerShell: run this in pwsh or powershell.'
        }
        Invoke-DotNet build $moduleProject --configuration $Configuration
        $pester = if ($env:PSTMIGRATION_PESTER) { $env:PSTMIGRATION_PESTER } else { 'Pester' }
        Import-Module $pester -MinimumVersion 5.0
        $result = Invoke-Pester -Path ([System.IO.Path]::Combine($root, 'tests', 'Pester')) -PassThru
        if ($result.FailedCount -gt 0) {
            throw "$($result.FailedCount) acceptance tests failed."
        }
    }
    'Package' {
        Invoke-DotNet build $moduleProject --configuration Release
        $package = [System.IO.Path]::Combine($root, 'out', "PstMigration.$(Get-Tag ModuleVersion).zip")
        [System.IO.File]::Delete($package)
        $null = [System.Reflection.Assembly]::Load('System.IO.Compression.ZipFile, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089')
        [System.IO.Compression.ZipFile]::CreateFromDirectory($staged, $package, [System.IO.Compression.CompressionLevel]::Optimal, $true)
        $package
    }
}
