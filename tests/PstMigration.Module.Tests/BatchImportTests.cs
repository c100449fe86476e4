using System.Globalization;
using System.Management.Automation;
using System.Text;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Import-PstToMailbox over many files and mailboxes: -BatchFile, -ThrottleLimit.</summary>
public sealed class BatchImportTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");
    private static readonly string[] s_parts = ["Inbox", "SentItems", "Contacts", "Inbox, SentItems, Contacts"];
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-batch").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    public BatchImportTests()
    {
        for (int i = 0; i < s_parts.Length; i++)
        {
            _session.InvokeClean($"$null = Import-PstItem '{s_sample}' '{_folder}/{i}.pst' -Folder {s_parts[i]}");
            Connect(i);
        }
    }

    [Fact]
    public void Four_files_into_four_mailboxes_at_once_each_right()
    {
        Write("Path,Mailbox,TargetFolder", "0.pst,u0@example.jp,", "1.pst,u1@example.jp,Kept/2014", "2.pst,u2@example.jp,/", "3.pst,u3@example.jp,");

        PSObject[] results = [.. _session.InvokeClean($"Import-PstToMailbox -BatchFile '{_folder}/batch.csv' -ThrottleLimit 4 -Verify")];

        Assert.Equal(["0.pst", "1.pst", "2.pst", "3.pst"], results.Select(r => Path.GetFileName(Value<string>(r, "Path"))).Order(StringComparer.Ordinal));
        Assert.All(results, r => Assert.True(Value<bool>(PSObject.AsPSObject(r.Properties["Verification"].Value), "IsWhole")));
        string[] places = ["", "-TargetFolder Kept/2014", "", ""];
        for (int i = 0; i < 4; i++)
        {
            PSObject compared = _session.InvokeClean($"Compare-PstToMailbox '{_folder}/{i}.pst' u{i}@example.jp {places[i]}").Single();
            long items = Value<long>(compared, "SourceItems");
            Assert.Equal((true, items, items, 0L), (Value<bool>(compared, "IsWhole"), Value<long>(compared, "Same"), Value<long>(compared, "TargetItems"), Value<long>(compared, "Extra")));
            Assert.True(items > 0);

            // And nobody got what is another's.
            Assert.Equal(items, _session.InvokeClean($"Get-MsMailboxFolder -Mailbox u{i}@example.jp").Sum(f => Convert.ToInt64(f.Properties["ItemCount"].Value, CultureInfo.InvariantCulture)));
        }

        Assert.Equal(0L, _session.InvokeClean($"Import-PstToMailbox -BatchFile '{_folder}/batch.csv'").Sum(r => Value<long>(r, "Copied")));
    }

    [Fact]
    public void The_mapping_file_of_Microsoft_is_understood()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "PSTFiles"));
        File.Move(Path.Combine(_folder, "1.pst"), Path.Combine(_folder, "PSTFiles", "1.pst"));
        Write(
            "Workload,FilePath,Name,Mailbox,IsArchive,TargetRootFolder,ContentCodePage,SPFileContainer,SPManifestContainer,SPSiteUrl",
            "Exchange,,0.pst,u0@example.jp,FALSE,/,,,,",
            "Exchange,PSTFiles,1.pst,u1@example.jp,FALSE,,932,,,",
            "Exchange,,2.pst,u2@example.jp,,/ImportedPst,,,,");

        _session.InvokeClean($"$null = Import-PstToMailbox -BatchFile '{_folder}/batch.csv'");

        Assert.True(IsWhole(0, ""));
        Assert.True(IsWhole(1, "-TargetFolder Imported", "PSTFiles/1.pst"));
        Assert.True(IsWhole(2, "-TargetFolder ImportedPst"));
    }

    [Fact]
    public void Folders_of_the_command_are_those_of_every_row_that_names_none()
    {
        Write("Path,Mailbox,Folder", "3.pst,u0@example.jp,", "3.pst,u1@example.jp,SentItems", "3.pst,u2@example.jp,Contacts", "3.pst,u2@example.jp,SentItems", "3.pst,u3@example.jp,");

        _session.InvokeClean($"$null = Import-PstToMailbox -BatchFile '{_folder}/batch.csv' -Folder Inbox");

        Assert.All(new[] { (0, "Inbox"), (1, "SentItems"), (2, "Contacts"), (2, "SentItems"), (3, "Inbox") }, p => Assert.True(Same(p.Item1, "-Folder " + p.Item2) > 0, p.ToString()));
        Assert.All(new[] { (0, "SentItems"), (1, "Inbox"), (2, "Inbox"), (3, "Contacts") }, p => Assert.Equal(0L, Same(p.Item1, "-Folder " + p.Item2)));

        // All others are those of the command, or refused.
        Write("Path,Mailbox", "2.pst,u0@example.jp", "3.pst,u1@example.jp");
        _session.InvokeClean($"$null = Import-PstToMailbox -BatchFile '{_folder}/batch.csv' -LiteralFolder (Get-PstFolder '{_folder}/3.pst' -Folder Contacts).Folder -Subject nothing*");
        Assert.All(new[] { 0, 1 }, i => Assert.Equal(0L, Same(i, "-Folder Contacts")));
        Assert.ThrowsAny<Exception>(() => _session.InvokeClean($"Import-PstToMailbox -BatchFile '{_folder}/batch.csv' -AsOf 3d"));

        long Same(int mailbox, string folder) => Value<long>(_session.InvokeClean($"Compare-PstToMailbox '{_folder}/3.pst' u{mailbox}@example.jp {folder}").Single(), "Same");
    }

    [Fact]
    public void A_row_with_wildcards_is_each_file_that_matches()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "[old] mail"));
        File.Move(Path.Combine(_folder, "1.pst"), Path.Combine(_folder, "[old] mail", "1.pst"));
        File.Move(Path.Combine(_folder, "2.pst"), Path.Combine(_folder, "[old] mail", "[2].pst"));
        Directory.CreateDirectory(Path.Combine(_folder, "0 more.pst"));
        Write("Path,Mailbox,TargetFolder", "0*.pst,u0@example.jp,", "[old] mail/[2].pst,u1@example.jp,", "`[old`] mail/?.pst,u2@example.jp,Kept");

        string[] read = [.. _session.InvokeClean($"Import-PstToMailbox -BatchFile '{_folder}/batch.csv'").Select(r => Path.GetFileName(Value<string>(r, "Path")) + " " + r.Properties["Mailbox"].Value)];

        Assert.Equal(["0.pst u0@example.jp", "1.pst u2@example.jp", "[2].pst u1@example.jp"], read.Order(StringComparer.Ordinal));
        Write("Path,Mailbox", "none*.pst,u0@example.jp", "[03].pst,u0@example.jp", "3.pst,u0@example.jp");
        _session.Invoke($"Import-PstToMailbox -BatchFile '{_folder}/batch.csv'");
        Assert.Equal(["BatchRowInvalid", "BatchRowInvalid", "BatchNotStarted"], _session.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
    }

    [Fact]
    public void A_row_may_name_the_folder_of_a_series()
    {
        _session.InvokeClean($"$null = Import-PstToMailbox '{_folder}/3.pst' u0@example.jp; $null = Export-MailboxToPst u0@example.jp '{_folder}/series/mail.pst' -SplitBy Year");
        int parts = Directory.GetFiles(Path.Combine(_folder, "series"), "*.pst").Length;
        Write("Path,Mailbox", "series,u1@example.jp");

        PSObject[] results = [.. _session.InvokeClean($"Import-PstToMailbox -BatchFile '{_folder}/batch.csv'")];

        Assert.True(parts > 1);
        Assert.Equal(parts, results.Length);
        Assert.True(IsWhole(1, "", "3.pst"));
    }

    [Fact]
    public void A_file_beside_a_batch_is_an_error_and_no_mailbox()
    {
        Write("Path,Mailbox", "0.pst,u0@example.jp");

        Assert.ThrowsAny<Exception>(() => _session.InvokeClean($"Import-PstToMailbox '{_folder}/1.pst' -BatchFile '{_folder}/batch.csv'"));

        Assert.Empty(_session.InvokeClean("Get-MsMailboxFolder u0@example.jp | Where-Object Items"));
    }

    [Theory]
    [InlineData("RetireSource")]
    [InlineData("Verify")]
    [InlineData("-Since")]
    [InlineData("Target Folder")]
    public void A_column_that_is_a_parameter_is_an_error_before_anything_starts(string heading)
    {
        Write($"Path,Mailbox,{heading}", "0.pst,u0@example.jp,30d");

        Exception? thrown = Record.Exception(() => _session.Invoke($"Import-PstToMailbox -BatchFile '{_folder}/batch.csv'"));

        string said = thrown?.Message ?? _session.Errors.Single().ToString();
        Assert.Contains($"'{heading}'", said, StringComparison.Ordinal);
        Assert.Empty(_session.InvokeClean("Get-MsMailboxFolder u0@example.jp | Where-Object Items"));
    }

    [Fact]
    public void Every_row_is_checked_before_the_first_begins_and_errors_name_the_line()
    {
        File.WriteAllText(Path.Combine(_folder, "no.pst"), "no data file");
        Write(
            "Path;Mailbox;TargetFolder;CodePage;IsArchive;Note",
            "0.pst;u0@example.jp;;;;fine",
            "missing.pst;u0@example.jp",
            "no.pst;u1@example.jp",
            "",
            "1.pst;nobody@example.jp",
            "1.pst;u1@example.jp;a*b",
            "1.pst;u1@example.jp;;none",
            "1.pst;u1@example.jp;;;TRUE",
            "\"0.pst\";u0@example.jp",
            ";u1@example.jp");

        Assert.Empty(_session.Invoke($"Import-PstToMailbox -BatchFile '{_folder}/batch.csv' -WarningVariable w; $w | Where-Object {{ $_ -notmatch 'Note' }}"));

        ErrorRecord[] rows = [.. _session.Errors.SkipLast(1)];
        Assert.StartsWith("BatchNotStarted", _session.Errors[^1].FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal([3, 4, 6, 7, 8, 9, 10, 11], rows.Select(e => Enumerable.Range(1, 12).Single(n => e.ToString().StartsWith($"batch.csv, line {n}:", StringComparison.Ordinal))));
        Assert.Equal(
            ["PathNotFound", "PstNotAPst", "MailboxNotConnected", "FolderNameInvalid", "BatchRowInvalid", "BatchRowInvalid", "BatchRowInvalid", "BatchRowInvalid"],
            rows.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(0L, _session.InvokeClean($"Compare-PstToMailbox '{_folder}/0.pst' u0@example.jp").Sum(r => Value<long>(r, "Same")));
    }

    [Fact]
    public void One_file_that_fails_never_ends_the_others()
    {
        // The second is damaged beyond reading after the rows were checked: its header is whole.
        byte[] content = File.ReadAllBytes(Path.Combine(_folder, "1.pst"));
        Array.Clear(content, 0x4600, content.Length - 0x4600);
        File.WriteAllBytes(Path.Combine(_folder, "1.pst"), content);

        PSObject[] results = [.. _session.Invoke(
            $"0..3 | ForEach-Object {{ [pscustomobject]@{{ Path = \"{_folder}/$_.pst\"; Mailbox = \"u$_@example.jp\" }} }} | Import-PstToMailbox -WarningAction SilentlyContinue")];

        Assert.NotEmpty(_session.Errors);
        Assert.All(_session.Errors, e => Assert.Contains("1.pst", e.ToString() + e.TargetObject, StringComparison.Ordinal));
        Assert.Equal(["0.pst", "2.pst", "3.pst"], results.Select(r => Path.GetFileName(Value<string>(r, "Path"))).Where(n => n != "1.pst").Order(StringComparer.Ordinal));
        Assert.True(IsWhole(0, "") && IsWhole(2, "") && IsWhole(3, ""));
    }

    [Fact]
    public void What_would_be_done_is_told_of_every_row_and_nothing_is()
    {
        Write("Path,Mailbox", "0.pst,u0@example.jp", "1.pst,u1@example.jp");

        string shown = _session.Show($"Import-PstToMailbox -BatchFile '{_folder}/batch.csv' -WhatIf");

        Assert.Matches("u0@example.jp(.|\n)*u1@example.jp", shown);
        Assert.False(IsWhole(0, "") || IsWhole(1, ""));
    }

    [Fact]
    public void Stopping_stops_all_and_the_next_run_completes_them()
    {
        using (PowerShell shell = _session.Create())
        {
            shell.AddScript($"0..3 | ForEach-Object {{ [pscustomobject]@{{ Path = \"{_folder}/$_.pst\"; Mailbox = \"u$_@example.jp\" }} }} | Import-PstToMailbox -PassThru");
            using PSDataCollection<PSObject> output = [];
            using ManualResetEventSlim begun = new();
            output.DataAdded += (_, _) => begun.Set();
            IAsyncResult running = shell.BeginInvoke<PSObject, PSObject>(null, output);
            begun.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            shell.Stop();
            Assert.Contains(shell.InvocationStateInfo.State, new[] { PSInvocationState.Stopped, PSInvocationState.Completed });
        }

        _session.InvokeClean($"0..3 | ForEach-Object {{ [pscustomobject]@{{ Path = \"{_folder}/$_.pst\"; Mailbox = \"u$_@example.jp\" }} }} | Import-PstToMailbox | Out-Null");

        Assert.All(Enumerable.Range(0, 4), i => Assert.True(IsWhole(i, "")));
    }

    [Fact]
    public void A_table_as_spreadsheets_save_it_is_read()
    {
        File.Move(Path.Combine(_folder, "0.pst"), Path.Combine(_folder, "保管, 2014.pst"));
        foreach (Encoding encoding in (Encoding[])[new UTF8Encoding(true), Encoding.Unicode, new UTF8Encoding(false)])
        {
            File.WriteAllText(Path.Combine(_folder, "batch.csv"), "sep=,\r\nmailbox,\"PATH\"\r\n u0@example.jp ,\"保管, 2014.pst\"\r\n", encoding);
            Assert.Single(_session.InvokeClean($"Import-PstToMailbox -BatchFile '{_folder}/batch.csv'"));
        }

        File.WriteAllText(Path.Combine(_folder, "batch.csv"), "Mailbox,TargetFolder\r\nu0@example.jp,x\r\n");
        _session.Invoke($"Import-PstToMailbox -BatchFile '{_folder}/batch.csv'");
        Assert.StartsWith("BatchFileInvalid", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Connect(int i) => _session.InvokeClean($"$null = Connect-MsMailbox -Sandbox '{_folder}/{i}.mailbox' -Address u{i}@example.jp -NoThrottling");

    private void Write(params string[] lines) => File.WriteAllLines(Path.Combine(_folder, "batch.csv"), lines);

    private bool IsWhole(int i, string place, string? file = null) =>
        Value<bool>(_session.Invoke($"Compare-PstToMailbox '{_folder}/{file ?? i + ".pst"}' u{i}@example.jp {place}").Single(), "IsWhole");

    private static T Value<T>(PSObject item, string property) => (T)item.Properties[property].Value;
}
