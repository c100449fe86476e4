using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.RegularExpressions;
using PstMigration.Commands;
using PstMigration.Mapi;
using PstMigration.Pst;
using Xunit;

namespace PstMigration.Tests;

/// <summary>Of several exports of one mailbox the newest version of each item is imported; an older one only where no newer one arrives.</summary>
public sealed partial class NewestVersionTests : IDisposable
{
    private const string Mailbox = "mailbox:1";
    private const string Text = "text of the body";

    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pstmigration-newest");
    private EngineSession _session;

    public NewestVersionTests() => _session = Open();

    [Fact]
    public void Of_each_item_the_newest_version_comes_once_in_whatever_order_the_files_are_given()
    {
        // Neither file is newer than the other in all of it.
        Export("a.pst", new Version("1", "one", 1), new Version("2", "two, changed", 5), new Version("3", "three", 1));
        Export("b.pst", new Version("1", "one, changed", 4), new Version("2", "two", 1), new Version("4", "four", 1));

        Assert.Equal((4, 2, 0), Import("a.pst, b.pst"));
        Assert.Equal(["four", "one, changed", "three", "two, changed"], Subjects());
        Assert.Equal((0, 2, 0), Import("b.pst, a.pst"));
        Assert.Equal(4, Subjects().Length);
        Assert.Empty(Warnings());
    }

    [Theory]
    [InlineData("-Folder Inbox", "one, changed|three|two")]
    [InlineData("-Subject one, two, three", "one, changed|three|two")]
    [InlineData("-Since 2026-01-30", "another|one, changed")]
    [InlineData("-Before 2026-01-30", "one|three|two")]
    [InlineData("-MessageClass IPM.Note", "one, changed|three|two")]
    public void A_newer_version_the_filter_leaves_out_is_none(string filter, string subjects)
    {
        // The second mail was filed, renamed and made a task of between the two exports.
        Export("a.pst", new Version("1", "one", 1), new Version("2", "two", 1), new Version("3", "three", 1));
        Export("b.pst", new Version("1", "one, changed", 40), new Version("2", "another", 40) { Folder = "Other", Class = "IPM.Note.Other" });

        int preview = Preview($"a.pst, b.pst {filter}");
        Import($"a.pst, b.pst {filter}");

        Assert.Equal(subjects.Split('|'), Subjects());
        Assert.Equal(subjects.Split('|').Length, preview);
        Assert.Empty(Warnings());
    }

    [Fact]
    public void Rows_of_a_batch_mean_the_folders_they_name_of_a_file_that_may_be_there_twice()
    {
        Export("a.pst", new Version("1", "one", 1), new Version("2", "two", 1), new Version("3", "three", 1), new Version("4", "four", 1));
        Export("b.pst", new Version("1", "one, changed", 2), new Version("2", "two, changed", 2) { Folder = "Other" }, new Version("3", "three, changed", 2) { Folder = "Third" });
        File.WriteAllText(At("batch.csv"), "Path,Folder,TargetFolder\na.pst,,\nb.pst,Inbox,\nb.pst,Other,\nb.pst,Third,Elsewhere\n");

        Assert.Equal(5, Preview("-BatchFile batch.csv"));
        Assert.Equal((5, 2, 0), Import("-BatchFile batch.csv"));

        Assert.Equal(["four", "one, changed", "three", "three, changed", "two, changed"], Subjects());
        Assert.Empty(Warnings());
    }

    [Theory]
    [InlineData("a.pst, b.pst", "Y|N", "one|three|two", 1)]
    [InlineData("b.pst, a.pst", "N|Y", "one|three|two", 0)]
    [InlineData("a.pst, b.pst", "N|Y", "one, changed|two, changed", 0)]
    [InlineData("a.pst, b.pst, c.pst", "Y|Y|N", "one, changed|three|two, changed", 1)]
    [InlineData("a.pst, b.pst, c.pst", "Y|N|N", "one|three|two", 1)]
    [InlineData("c.pst, b.pst, a.pst", "Y|Y|Y", "one, last|three|two, changed", 0)]
    public void A_file_that_is_refused_brings_no_newer_version(string files, string answers, string subjects, int warnings)
    {
        Export("a.pst", new Version("1", "one", 1), new Version("2", "two", 1), new Version("3", "three", 1));
        Export("b.pst", new Version("1", "one, changed", 2), new Version("2", "two, changed", 2));
        Export("c.pst", new Version("1", "one, last", 3));
        Close();
        _session = Open(answers.Split('|'));

        Import(files + " -Confirm");

        Assert.Equal(subjects.Split('|'), Subjects());
        Assert.Equal((warnings, 0), (Warnings().Length, _session.Input.Left));
    }

    [Theory]
    [InlineData("a.pst, b.pst")]
    [InlineData("b.pst, a.pst")]
    [InlineData("a.pst, b.pst -Verify")]
    [InlineData("b.pst, a.pst -AllowDuplicate -ThrottleLimit 1")]
    public void An_item_that_fails_leaves_the_older_one_and_arrives_later(string command)
    {
        Export("a.pst", new Version("1", "one", 1), new Version("2", "two", 1), new Version("3", "three", 1));
        Export("b.pst", new Version("1", "one, changed", 2) { IsLarge = true }, new Version("2", "two, changed", 2));
        byte[] whole = File.ReadAllBytes(At("b.pst"));
        Damage("b.pst");

        Assert.Equal((3, 1, 1), Import(command) with { Skipped = 1 });
        Assert.Equal(["one", "three", "two, changed"], Subjects());

        // Nothing is lost or doubled by doing the same again, and what was mended comes.
        Assert.Equal((0, 1), (Import(command) is var again ? again.Copied : -1, again.Failed));
        Assert.Equal(3, Subjects().Length);
        File.WriteAllBytes(At("b.pst"), whole);
        Assert.Equal((1, 0), (Import(command) is var mended ? mended.Copied : -1, mended.Failed));
        Assert.Equal(["one", "one, changed", "three", "two, changed"], Subjects());
    }

    [Fact]
    public void Versions_side_by_side_in_one_file_stand_in_for_each_other()
    {
        Export("a.pst", new Version("1", "one", 1), new Version("1", "one, changed", 2), new Version("1", "one, last", 3) { IsLarge = true }, new Version("2", "two", 1), new Version("2", "two, changed", 2));
        Damage("a.pst");

        Assert.Equal((2, 3, 1), Import("a.pst"));

        Assert.Equal(["one, changed", "two, changed"], Subjects());
        Assert.Single(Warnings());
    }

    [Theory]
    [InlineData("a.pst, b.pst")]
    [InlineData("b.pst, a.pst")]
    public void A_command_that_was_stopped_between_two_files_is_made_up_for_by_the_next(string files)
    {
        Export("a.pst", new Version("1", "one", 1), new Version("2", "two", 1));
        Export("b.pst", new Version("1", "one, changed", 2), new Version("3", "three", 1));

        _session.InvokeClean($"foreach ($once in 1) {{ Import-PstToMailbox {files} @m | ForEach-Object {{ break }} }}");
        Assert.NotEqual(3, Subjects().Length);
        Import(files);

        Assert.Equal(["one, changed", "three", "two"], Subjects());
    }

    [Fact]
    public void A_file_whose_import_fails_brings_no_newer_version()
    {
        Export("a.pst", new Version("1", "one", 1), new Version("2", "two", 1));
        Export("b.pst", new Version("1", "one, changed", 2));
        File.WriteAllText(At("batch.csv"), "Path,Folder\na.pst,\nb.pst,Nowhere\n");

        Assert.Equal((2, 0, 0), Import("-BatchFile batch.csv"));

        Assert.Equal(["one", "two"], Subjects());
    }

    [Fact]
    public void What_comes_after_all_has_a_result_of_its_own()
    {
        Export("a.pst", new Version("1", "one", 1), new Version("2", "two", 1));
        Export("b.pst", new Version("1", "one, changed", 2) { IsLarge = true });
        Damage("b.pst");

        Import("a.pst, b.pst -PassThru");

        Assert.Equal(["a.pst 2 1 1 0", "b.pst 1 0 0 1", "a.pst 1 1 0 0"], Texts("$all | Where-Object Read | ForEach-Object { \"$([IO.Path]::GetFileName($_.Path)) $($_.Read) $($_.Copied) $($_.Skipped) $($_.Failed)\" }"));
        Assert.Equal(["one Skipped", "two Copied", "one, changed Failed", "one Copied"], Texts("$all | Where-Object Fate | ForEach-Object { \"$($_.Subject) $($_.Fate)\" }"));
        Assert.Contains("a.pst: 1 item(s)", Warnings().Single());
    }

    public void Dispose()
    {
        Close();
        _folder.Delete(recursive: true);
    }

    private void Close()
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _session.Dispose();
    }

    private EngineSession Open(params string[] answers)
    {
        EngineSession session = new(
            120, answers, typeof(ConnectMsMailboxCommand), typeof(GetMsMailboxCommand), typeof(DisconnectMsMailboxCommand), typeof(ImportPstToMailboxCommand), typeof(ExportMailboxToPstCommand), typeof(GetPstItemCommand));
        session.InvokeClean($"$ExecutionContext.SessionState.Path.SetLocation('{_folder.FullName}')");
        session.InvokeClean("$m = @{ Mailbox = Connect-MsMailbox -Sandbox m.mailbox -NoThrottling; JournalFolder = 'journals' }");
        return session;
    }

    private (int Copied, int Skipped, int Failed) Import(string command)
    {
        _session.Invoke($"$all = @(Import-PstToMailbox {command} @m -WarningVariable w -WarningAction SilentlyContinue -ErrorAction SilentlyContinue)");
        int Sum(string property) => _session.InvokeClean($"$all | Where-Object Read | ForEach-Object {{ $_.{property} }}").Sum(n => Convert.ToInt32(n.BaseObject, CultureInfo.InvariantCulture));
        return (Sum("Copied"), Sum("Skipped"), Sum("Failed"));
    }

    /// <summary>How many items -WhatIf says would come.</summary>
    private int Preview(string command)
    {
        int before = _session.Shown.Length;
        _session.InvokeClean($"Import-PstToMailbox {command} @m -WhatIf");
        int Sum(Regex counts) => counts.Matches(_session.Shown[before..]).Sum(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));
        return Sum(Items()) - Sum(Skipped());
    }

    private string[] Texts(string script) => [.. _session.InvokeClean(script).Select(o => o.ToString())];

    private string[] Warnings() => Texts("$w | Where-Object { \"$_\" -like '*after all*' }");

    /// <summary>What the mailbox has.</summary>
    private string[] Subjects()
    {
        File.Delete(At("there.pst"));
        return [.. _session.InvokeClean("$null = Export-MailboxToPst $m.Mailbox there.pst -JournalFolder journals; Get-PstItem there.pst").Select(i => (string)i.Properties["Subject"].Value).Order(StringComparer.Ordinal)];
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>An export of the mailbox.</summary>
    private void Export(string name, params Version[] versions)
    {
        using PstItemTarget target = PstItemTarget.Create(At(name), new PstCreateOptions { Encoding = PstEncoding.None });
        target.StoreProperties.Set(PropertyNames.ExportOf, Mailbox);
        foreach (Version version in versions)
        {
            MapiItem item = version.ToItem();
            FolderPath path = FolderPath.Parse(version.Folder);
            TargetFolder folder = target.OpenFolderAsync(path, version.Folder == "Inbox" ? FolderRole.Inbox : FolderRole.None, FolderClasses.Mail, default).Result;
            ItemProvenance provenance = new(new ItemKey(Mailbox, version.Id), new ItemVersion(version.Subject), ItemDigester.Content(item, default), path, ItemIdentity.Of(item));
            using PreparedItem prepared = target.PrepareAsync(folder, item, provenance, default).AsTask().Result;
            Assert.Equal(ItemFate.Copied, target.CommitAsync(prepared, default).Result.Fate);
        }

        target.CompleteAsync(default).Wait();
    }

    /// <summary>Damages what lies apart from its item, of the one that has such.</summary>
    private void Damage(string name)
    {
        byte[] bytes = File.ReadAllBytes(At(name));
        int at = bytes.AsSpan().LastIndexOf(Encoding.Unicode.GetBytes(Text));
        bytes[at] ^= 1;
        File.WriteAllBytes(At(name), bytes);
    }

    [GeneratedRegex(@"(\d+) item\(s\)")]
    private static partial Regex Items();

    [GeneratedRegex(@"skipped: IPM\.Note \((\d+)\)")]
    private static partial Regex Skipped();

    /// <summary>A mail as it was at some time.</summary>
    /// <param name="Id">Its id in the mailbox.</param>
    /// <param name="Subject">Its subject then.</param>
    /// <param name="Day">When it was received, and changed to this.</param>
    private sealed record Version(string Id, string Subject, int Day)
    {
        public string Folder { get; init; } = "Inbox";

        public string Class { get; init; } = "IPM.Note";

        public bool IsLarge { get; init; }

        public MapiItem ToItem()
        {
            MapiItem item = new();
            PropertyBag p = item.Properties;
            p.Set(PropertyTags.MessageClass, Class);
            p.Set(PropertyTags.Subject, Subject);
            p.Set(PropertyTags.Body, IsLarge ? string.Concat(Enumerable.Repeat(Text + "\r\n", 2000)) : "short");
            p.Set(PropertyTags.InternetMessageId, $"<{Id}@example.com>");
            p.Set(PropertyTags.SenderName, "A");
            p.Set(PropertyTags.SenderSmtpAddress, "a@example.com");
            p.Set(PropertyTags.MessageDeliveryTime, s_start.AddDays(Day));
            p.Set(PropertyTags.ClientSubmitTime, s_start.AddDays(Day));
            p.Set(PropertyTags.LastModificationTime, s_start.AddDays(Day));
            return item;
        }
    }
}
