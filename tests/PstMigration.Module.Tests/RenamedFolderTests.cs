using System.Globalization;
using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Exports after somebody has renamed or moved folders in the mailbox, in a real engine.</summary>
public sealed class RenamedFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-renamed").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    public void Dispose()
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_file_has_each_folder_once_under_the_name_it_has_in_the_mailbox()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "tree", "Projects", "Plans"));
        File.WriteAllText(Path.Combine(_folder, "tree", "Projects", "Plans", "1.eml"), "Message-ID: <1@example.com>\nFrom: a@example.com\nDate: Thu, 1 Jan 2026 00:00:00 +0000\nSubject: one\n\nText\n");
        Connect();
        _session.InvokeClean($"$null = Import-PstToMailbox '{_folder}/tree' -Mailbox $m @j; $null = Export-MailboxToPst $m '{_folder}/a.pst' @j");
        string[] before = Folders();
        Assert.Contains("Projects/Plans", before);

        foreach ((string from, string to) in new[] { ("Projects", "Work"), ("Work", "Done") })
        {
            Rename(from, to);
            PSObject result = _session.InvokeClean($"Export-MailboxToPst $m '{_folder}/a.pst' @j -Verify").Single();
            Assert.Equal((0L, 1L, 2), (Convert.ToInt64(result.Properties["Copied"].Value, CultureInfo.InvariantCulture), result.Properties["Moved"].Value, result.Properties["FoldersRemoved"].Value));
            Assert.Equal(before.Select(f => f.Replace("Projects", to, StringComparison.Ordinal)).Order(StringComparer.Ordinal), Folders());
        }

        Assert.Equal("one", _session.InvokeClean($"(Get-PstItem '{_folder}/a.pst' -Folder Done/Plans).Subject").Single().ToString());
        Assert.Equal("True", _session.InvokeClean($"(Test-PstFile '{_folder}/a.pst' -OwnWriter).IsValid").Single().ToString());
    }

    private void Connect() => _session.InvokeClean($"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -Address taro@example.jp -NoThrottling; $j = @{{ JournalFolder = '{_folder}/journals' }}");

    private string[] Folders() => [.. _session.InvokeClean($"Get-PstFolder '{_folder}/a.pst' -Recurse | ForEach-Object {{ \"$($_.Folder)\" }}").Select(f => f.ToString()).Order(StringComparer.Ordinal)];

    /// <summary>Somebody renames a folder in another program.</summary>
    private void Rename(string from, string to)
    {
        _session.InvokeClean($$"""
            Disconnect-MsMailbox $m
            $open = ([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'PstMigration.Sandbox' })[-1].GetType('PstMigration.Sandbox.SandboxMailbox').GetMethod('Open')
            $sandbox = $open.Invoke($null, @('{{_folder}}/m.mailbox', $null))
            $client = [System.Net.Http.HttpClient]::new($sandbox.CreateHandler())
            $address = 'https://sandbox.invalid/v1.0/me/mailFolders'
            $null = $client.GetStringAsync("$address`?`$filter=displayName eq '{{from}}'").Result -match '"id":"([^"]+)"'
            $request = [System.Net.Http.HttpRequestMessage]::new('PATCH', "$address/$($Matches[1])")
            $request.Content = [System.Net.Http.StringContent]::new('{"displayName":"{{to}}"}', [Text.Encoding]::UTF8, 'application/json')
            $null = $client.SendAsync($request).Result.EnsureSuccessStatusCode()
            $client.Dispose()
            $sandbox.Dispose()
            """);
        Connect();
    }
}
