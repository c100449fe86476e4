using System.Collections.ObjectModel;
using System.Management.Automation;
using PstMigration.Tests;

namespace PstMigration.Module.Tests.Examples;

/// <summary>
/// The computer the examples speak of, below a temporary folder: data files, drives C: and D:, a home folder, and a sandbox with the mail of archive.pst. Each page of help gets a new one.
/// </summary>
public sealed class ExampleWorld : IDisposable
{
    private const string Drives = "CD";
    private const int FirstBlock = 0x4600;
    private const int Spacing = 0x2000;

    // What an installed PowerShell has in its Utility and Management modules, as far as examples use it. The engine's package has none of them.
    private const string Commands = """
        function Global:Get-Content($Path) { [IO.File]::ReadAllLines($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)) }
        function Global:Get-Date { [DateTime]::Now }
        function Global:Read-Host([switch] $AsSecureString) { $s = [Security.SecureString]::new(); 'secret'.ToCharArray() | ForEach-Object { $s.AppendChar($_) }; $s }
        function Global:Select-Object([Parameter(Position = 0)] [string[]] $Property, [int] $First = [int]::MaxValue, [string] $ExpandProperty, [Parameter(ValueFromPipeline)] $InputObject) {
            begin { $taken = 0 }
            process {
                if ($taken++ -lt $First) {
                    $selected = if ($ExpandProperty) { $InputObject.$ExpandProperty } else { [pscustomobject]@{} }
                    foreach ($name in $Property) {
                        if ($selected.PSObject.Properties[$name]) { throw "The property cannot be processed because the property '$name' already exists." }
                        $selected.PSObject.Properties.Add([psnoteproperty]::new($name, $InputObject.$name))
                    }

                    $selected
                }
            }
        }
        function Global:Group-Object([Parameter(Position = 0)] [string] $Property, [switch] $NoElement, [Parameter(ValueFromPipeline)] $InputObject) {
            begin { $groups = @{} }
            process { $groups["$($InputObject.$Property)"]++ }
            end { $groups.GetEnumerator() | ForEach-Object { [pscustomobject]@{ Name = $_.Key; Count = $_.Value } } }
        }
        function Global:Export-Csv([Parameter(Position = 0)] $Path, [Parameter(ValueFromPipeline)] $InputObject) {
            begin { $lines = [Collections.Generic.List[string]]::new() }
            process { $lines.Add("$InputObject") }
            end { [IO.File]::WriteAllLines($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path), $lines) }
        }
        """;

    private readonly EngineSession _session = StagedModule.Import(120, [.. Enumerable.Repeat("y", 1000)]);
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("pstmigration-examples");
    private readonly Dictionary<string, string?> _environment = new[] { "PSTMIGRATION_DATA", "PSTMIGRATION_CLIENT_ID", "HOME", "USERPROFILE" }.ToDictionary(v => v, Environment.GetEnvironmentVariable);
    private readonly string _template;
    private string _folder = "";

    public ExampleWorld()
    {
        _template = _root.CreateSubdirectory("template").FullName;
        _session.InvokeClean(Commands);
        ExampleFiles.Write(_template);
        _session.InvokeClean($$"""
            $ExecutionContext.SessionState.Path.SetLocation('{{_template}}')
            'archive.pst', '2018.pst', '2019.pst', '2020.pst' | ForEach-Object { $null = New-PstFile $_ -DefaultFolders }
            $null = Import-PstItem tree -Destination archive.pst
            $null = Import-PstItem tree/Projects -Destination 2019.pst
            $null = Import-PstItem tree/Invoices -Destination 2018.pst
            $null = Import-PstItem D/Export/archive -Destination 2020.pst
            $mailbox = Connect-MsMailbox -Sandbox taro.mailbox -Address taro@example.jp -NoThrottling
            $null = Import-PstToMailbox archive.pst $mailbox -WarningAction Ignore
            Disconnect-MsMailbox $mailbox
            $online = Connect-MsMailbox -Sandbox taro.archive.mailbox -NoThrottling
            $null = Import-PstToMailbox 2018.pst $online -WarningAction Ignore
            Disconnect-MsMailbox $online
            """);
        foreach (string copy in new[] { "old.pst", "taro@example.jp.ost", "C/Mail/taro.pst", "C/Users/taro/Documents/taro.pst", "D/Mail/taro.pst", "home/Documents/taro.pst", "D/old/archive-ann1.pst", "D/old/2014.pst", "D/people/ann/2020.pst" })
        {
            File.Copy(Path.Combine(_template, "archive.pst"), Path.Combine(Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_template, copy))!).FullName, Path.GetFileName(copy)));
        }

        // What can be retired has nothing that a mailbox does not take.
        File.Copy(Path.Combine(_template, "2018.pst"), Path.Combine(Directory.CreateDirectory(Path.Combine(_template, "D", "pst")).FullName, "ann@contoso.com.pst"));
    }

    /// <summary>Everything in the folder of the page, with lengths and times: what an example that says nothing has to change.</summary>
    private string State => string.Join('\n', new DirectoryInfo(_folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
        .Select(f => $"{f.FullName} {(f as FileInfo)?.Length} {f.LastWriteTimeUtc:O}").Order(StringComparer.Ordinal))
        + string.Join(' ', _session.Invoke("Get-MsMailbox"));

    /// <summary>Makes the computer of a page.</summary>
    public void Enter(string page)
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _folder = Path.Combine(_root.FullName, page);
        foreach (string file in Directory.EnumerateFiles(_template, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_folder, Path.GetRelativePath(_template, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Environment.SetEnvironmentVariable("PSTMIGRATION_DATA", Path.Combine(_folder, "data"));
        Environment.SetEnvironmentVariable("PSTMIGRATION_CLIENT_ID", null);
        Environment.SetEnvironmentVariable("HOME", Path.Combine(_folder, "home"));
        Environment.SetEnvironmentVariable("USERPROFILE", Path.Combine(_folder, "home"));
        _session.InvokeClean($"$ExecutionContext.SessionState.Path.SetLocation('{_folder}')");
        foreach (char drive in Drives)
        {
            string root = Directory.CreateDirectory(Path.Combine(_folder, drive.ToString())).FullName;
            _session.InvokeClean($$"""
                $drives = $ExecutionContext.SessionState.Drive
                $provider = $ExecutionContext.SessionState.Provider.GetOne('FileSystem')
                $provider.Home = '{{Path.Combine(_folder, "home")}}'
                $drives.GetAllForProvider('FileSystem') | Where-Object Name -eq {{drive}} | ForEach-Object { $drives.Remove($_.Name, $true, 'Global') }
                $null = $drives.New([Management.Automation.PSDriveInfo]::new('{{drive}}', $provider, '{{root}}', '', $null), 'Global')
                """);
        }
    }

    /// <summary>Runs a line that prepares something; it may neither fail nor warn.</summary>
    public void Prepare(string script) => _session.InvokeClean(script);

    /// <summary>Flips bytes of a data file here and there.</summary>
    public void Damage(string file)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(_folder, file));
        for (int i = FirstBlock; i < bytes.Length; i += Spacing)
        {
            bytes[i] ^= 0xA5;
        }

        File.WriteAllBytes(Path.Combine(_folder, file), bytes);
    }

    /// <summary>Types a command and tells whether it answered (with objects, a text on the screen or a change), its errors and its warnings. It is typed into the session, so its variables stay.</summary>
    internal (bool Answers, string[] Errors, string[] Warnings) Type(string command)
    {
        string before = State;
        int shown = _session.Shown.Length;
        using PowerShell shell = _session.Create();
        shell.AddScript(command);
        try
        {
            Collection<PSObject> objects = shell.Invoke();
            return (objects.Count > 0 || _session.Shown.Length > shown || State != before, [.. shell.Streams.Error.Select(e => e.FullyQualifiedErrorId.Split(',')[0])], [.. shell.Streams.Warning.Select(w => w.Message)]);
        }
        catch (RuntimeException e)
        {
            return (false, [e.ErrorRecord.FullyQualifiedErrorId.Split(',')[0]], [.. shell.Streams.Warning.Select(w => w.Message)]);
        }
    }

    public void Dispose()
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _session.Dispose();
        foreach (KeyValuePair<string, string?> variable in _environment)
        {
            Environment.SetEnvironmentVariable(variable.Key, variable.Value);
        }

        _root.Delete(recursive: true);
    }
}
