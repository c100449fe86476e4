# Engine commands only (Microsoft.PowerShell.Core): nothing here may load Utility or Management.
$framework = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }
$folder = [System.IO.Path]::Combine($PSScriptRoot, 'bin', $framework)
if (-not ('PstMigration.Loader.V0.ModuleLoader' -as [type])) {
    $null = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($folder, 'PstMigration.Loader.V0.dll'))
}

$commands = Microsoft.PowerShell.Core\Import-Module -Assembly ([PstMigration.Loader.V0.ModuleLoader]::Load($folder)) -PassThru

# A second import of an assembly with -Force exports nothing by itself: https://github.com/PowerShell/PowerShell/issues/20710
$export = [System.Management.Automation.PSModuleInfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
foreach ($command in $commands.ExportedCmdlets.Values) {
    $null = $export.Invoke($ExecutionContext.SessionState.Module, @(, $command))
}

# Connections end with the module: nobody could use them any more, and the file of a sandbox would stay locked.
$ExecutionContext.SessionState.Module.OnRemove = {
    if ($global:PstMigrationMailboxes -is [System.IDisposable]) {
        ([System.IDisposable]$global:PstMigrationMailboxes).Dispose()
    }
}
