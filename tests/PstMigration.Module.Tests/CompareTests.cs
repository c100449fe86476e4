using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Compare-PstToMailbox and -Verify.</summary>
public sealed class CompareTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");
    private static readonly string s_real = Path.Combine(StagedModule.Repository, "..", "shared", "data", "pst");
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-compare").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    public CompareTests() =>
        _session.InvokeClean($"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -Address taro@example.jp -Culture ja-JP -NoThrottling; $s = '{s_sample}'");

    [Fact]
    public void What_was_imported_is_the_same_and_the_level_is_named()
    {
        PSObject result = _session.InvokeClean("Import-PstToMailbox $s -Mailbox $m -Verify").Single();
        PSObject verified = PSObject.AsPSObject(result.Properties["Verification"].Value);
        PSObject compared = _session.InvokeClean("Compare-PstToMailbox $s $m").Single();

        Assert.All([verified, compared], c =>
        {
            Assert.Equal((true, 5L, 5L, 0L, 0L, 0L), (Value<bool>(c, "IsWhole"), Value<long>(c, "SourceItems"), Value<long>(c, "Same"), Value<long>(c, "Different"), Value<long>(c, "Missing"), Value<long>(c, "Extra")));
            Assert.Equal(Value<long>(c, "SourceBytes"), Value<long>(c, "TargetBytes"));
            Assert.Equal(new Dictionary<string, long> { ["Content"] = 5 }, Value<IReadOnlyDictionary<string, long>>(c, "Levels"));
        });
        string shown = _session.Show("$c = Compare-PstToMailbox $s $m; $c; $c.Folders");
        Assert.Contains("Content 5", shown, StringComparison.Ordinal);
        Assert.Contains("受信トレイ/請求書", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_extra_and_different_items_are_told_and_in_what()
    {
        // In the mailbox: the sample without its inbox, and another item; in the file that is compared: an item edited since.
        _session.InvokeClean("$null = Import-PstToMailbox $s -Mailbox $m -Folder SentItems, Contacts; $null = Import-PstToMailbox $s -Mailbox $m -Folder Inbox -TargetFolder 'elsewhere'");

        PSObject[] all = [.. _session.InvokeClean("Compare-PstToMailbox $s $m -PassThru")];
        PSObject total = all[^1];

        Assert.Equal((false, 5L, 3L), (Value<bool>(total, "IsWhole"), Value<long>(total, "SourceItems"), Value<long>(total, "Different")));
        Assert.All(all[..^1], i => Assert.Equal(("Different", "Content", "Folder"), (Value<string>(i, "Outcome"), Value<string>(i, "Level"), string.Join(" ", Value<IEnumerable<string>>(i, "Differences")))));
        Assert.Equal(3, all.Length - 1);

        // The other way about: a mailbox with nothing in it, and one with more than the file.
        _session.InvokeClean($"$n = Connect-MsMailbox -Sandbox '{_folder}/n.mailbox' -Address hana@example.jp -NoThrottling; $null = New-PstFile '{_folder}/none.pst'");
        Assert.Equal(5L, Value<long>(_session.InvokeClean("Compare-PstToMailbox $s $n").Single(), "Missing"));
        Assert.All(_session.InvokeClean("Compare-PstToMailbox $s $n -PassThru -IncludeEqual").SkipLast(1), i => Assert.Equal("Missing", Value<string>(i, "Outcome")));
        Assert.Equal(
            _session.InvokeClean("Get-PstItem $s").Select(i => Convert.ToInt64(i.Properties["Size"].Value, null)).Order(),
            _session.InvokeClean("Compare-PstToMailbox $s $n -PassThru").SkipLast(1).Select(i => Value<long>(i, "Bytes")).Order());
        _session.InvokeClean($"$null = Export-MailboxToPst $m '{_folder}/less.pst' -Folder SentItems; $null = Import-PstToMailbox $s -Mailbox $n");
        PSObject less = _session.InvokeClean($"Compare-PstToMailbox '{_folder}/less.pst' $n").Single();
        Assert.Equal((true, 1L, 0L), (Value<bool>(less, "IsWhole"), Value<long>(less, "Same"), Value<long>(less, "Missing")));
    }

    [Fact]
    public void A_mail_to_oneself_sent_and_received_in_one_folder_is_two_items_of_one_content()
    {
        // Taken back, the sent ones and the received ones lie in the deleted items together.
        _session.InvokeClean($"$null = Import-PstToMailbox '{s_real}/Outlook_1.pst' -Mailbox $m -JournalFolder '{_folder}/j'; $null = Get-PstTransfer -JournalFolder '{_folder}/j' | Undo-PstTransfer -Confirm:$false -JournalFolder '{_folder}/j'; $null = Export-MailboxToPst $m '{_folder}/z.pst'");

        PSObject compared = _session.InvokeClean($"Compare-PstToMailbox '{_folder}/z.pst' $m").Single();

        Assert.Equal((true, 14L, 0L), (Value<bool>(compared, "IsWhole"), Value<long>(compared, "Same"), Value<long>(compared, "Different")));
    }

    [Fact]
    public void Several_files_are_compared_with_one_reading_of_the_mailbox_and_extra_is_what_none_of_them_has()
    {
        // Two files share the mailbox; an item more is in neither.
        _session.InvokeClean($"$null = Import-PstItem $s '{_folder}/1.pst' -Folder Inbox; $null = Import-PstItem $s '{_folder}/2.pst' -Folder Inbox, SentItems -Subject '*請求*'");
        _session.InvokeClean($"$null = Import-PstToMailbox $s $m; $f = '{_folder}/1.pst', '{_folder}/2.pst'");

        PSObject[] one = [.. _session.InvokeClean("$f | ForEach-Object { Compare-PstToMailbox $_ $m }")];
        PSObject[] both = [.. _session.InvokeClean("$f | Compare-PstToMailbox -Mailbox $m")];
        PSObject[] again = [.. _session.InvokeClean("Compare-PstToMailbox $f $m -PassThru | Where-Object Outcome -eq Extra")];

        Assert.Equal(one.Select(c => (Value<string>(c, "Path"), Value<bool>(c, "IsWhole"), Value<long>(c, "Same"), Value<long>(c, "Missing"))), both.Select(c => (Value<string>(c, "Path"), Value<bool>(c, "IsWhole"), Value<long>(c, "Same"), Value<long>(c, "Missing"))));
        Assert.True(one.Sum(c => Value<long>(c, "Extra")) > both.Sum(c => Value<long>(c, "Extra")));
        Assert.Equal(both.Sum(c => Value<long>(c, "Extra")), again.Length);
    }

    [Fact]
    public void A_series_is_compared_as_one()
    {
        _session.InvokeClean($"$null = Import-PstToMailbox $s $m; $null = Export-MailboxToPst $m '{_folder}/y/x.pst' -SplitBy Year");
        Assert.True(Directory.GetFiles(Path.Combine(_folder, "y"), "*.pst").Length > 1);

        PSObject[] all = [.. _session.InvokeClean($"Compare-PstToMailbox '{_folder}/y/*.pst' $m")];

        Assert.All(all, c => Assert.Equal((true, 0L), (Value<bool>(c, "IsWhole"), Value<long>(c, "Extra"))));
        Assert.Equal(5L, all.Sum(c => Value<long>(c, "Same")));
    }

    [Fact]
    public void A_list_shows_what_the_verification_found()
    {
        string shown = _session.Show("Import-PstToMailbox $s $m -Verify | Format-List");

        Assert.Matches(@"(?m)^Verification +: .*\b5\b", shown);
        Assert.Matches("(?m)^IsRehearsal +: True", shown);
        Assert.Matches("(?m)^Path +: .*rehearsal.pst", shown);
    }

    [Fact]
    public void Trees_of_mail_and_series_are_compared_as_they_are_imported()
    {
        _session.InvokeClean($"$null = Export-PstItem $s '{_folder}/mail' -Folder Inbox -Recurse; $null = Export-PstItem $s '{_folder}/mbox' -Folder Inbox -Recurse -Format Mbox; "
            + $"$null = Import-PstToMailbox $s -Mailbox $m; $null = Export-MailboxToPst $m '{_folder}/series/all.pst' -SplitBy Year");
        foreach (string source in new[] { "mail", "mbox", "series/all.pst", "series" })
        {
            PSObject before = _session.InvokeClean($"$n = Connect-MsMailbox -Sandbox '{_folder}/{source.Replace('/', '-')}.mailbox' -Address n@example.jp -NoThrottling; Compare-PstToMailbox '{_folder}/{source}' $n").Single();
            long imported = _session.InvokeClean($"Import-PstToMailbox '{_folder}/{source}' -Mailbox $n").Sum(r => Value<long>(r, "Copied"));
            PSObject after = _session.InvokeClean($"Compare-PstToMailbox '{_folder}/{source}' $n").Single();

            Assert.True(imported > 1);
            Assert.Equal((imported, imported, 0L, true), (Value<long>(before, "Missing"), Value<long>(after, "Same"), Value<long>(after, "Extra"), Value<bool>(after, "IsWhole")));
            _session.InvokeClean("$n | Disconnect-MsMailbox");
        }
    }

    [Theory]
    [InlineData("Inbox/old")]
    [InlineData(@"inbox\old")]
    [InlineData("受信トレイ/old")]
    public void What_was_put_below_a_default_folder_is_looked_for_there(string folder)
    {
        PSObject imported = _session.InvokeClean($"Import-PstToMailbox $s -Mailbox $m -Folder Inbox, SentItems -TargetFolder '{folder}' -Verify").Single();
        PSObject compared = _session.InvokeClean($"Compare-PstToMailbox $s $m -Folder Inbox, SentItems -TargetFolder '{folder}'").Single();

        Assert.All([PSObject.AsPSObject(imported.Properties["Verification"].Value), compared], c =>
            Assert.Equal((true, 4L, 0L, 0), (Value<bool>(c, "IsWhole"), Value<long>(c, "Same"), Value<long>(c, "Different"), Value<int>(c, "UnreadableFolders"))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-TargetFolder 'PST import/old'")]
    public void Where_the_mailbox_puts_a_folder_is_no_difference(string place)
    {
        // Contact folders lie flat, calendars hang on nothing, and a name may be taken by a folder nobody sees.
        _session.InvokeClean($"$p = '{_folder}/odd.pst'; $null = Import-PstItem $s $p -Folder Contacts -TargetFolder 'Customers/North'");
        _session.InvokeClean("$null = Import-PstItem $s $p -Folder SentItems -TargetFolder 'Sync Issues'; $null = Import-PstItem $s $p -Folder Inbox");

        PSObject imported = _session.InvokeClean($"Import-PstToMailbox $p -Mailbox $m -AllowDuplicate -Verify {place}").Single();
        PSObject compared = _session.InvokeClean($"Compare-PstToMailbox $p $m {place}").Single();

        Assert.All([PSObject.AsPSObject(imported.Properties["Verification"].Value), compared], c =>
            Assert.Equal((true, 5L, 0L, 5L, 0L), (Value<bool>(c, "IsWhole"), Value<long>(c, "Same"), Value<long>(c, "Different"), Value<long>(c, "TargetItems"), Value<long>(c, "Extra"))));
    }

    [Fact]
    public void What_the_mailbox_had_is_right_wherever_it_is()
    {
        _session.InvokeClean("$null = Import-PstToMailbox $s $m -Folder Inbox -TargetFolder Old");

        PSObject again = _session.InvokeClean("Import-PstToMailbox $s $m -Folder Inbox -Verify").Single();
        PSObject found = PSObject.AsPSObject(again.Properties["Verification"].Value);
        PSObject compared = _session.InvokeClean("Compare-PstToMailbox $s $m -Folder Inbox").Single();

        Assert.Equal((true, 0L), (Value<bool>(found, "IsWhole"), Value<long>(found, "Different")));
        Assert.Equal((false, Value<long>(found, "Same")), (Value<bool>(compared, "IsWhole"), Value<long>(compared, "Different")));
    }

    public static TheoryData<string> RealFiles =>
        [.. (Directory.Exists(s_real) ? Directory.GetFiles(s_real).Select(f => Path.GetFileName(f)) : [""]).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(RealFiles))]
    public void What_is_different_was_told_as_a_loss_and_what_was_skipped_is_not_missing(string name)
    {
        Assert.SkipUnless(name.Length > 0, "The files are no part of the project.");
        PSObject imported = _session.InvokeClean($"Import-PstToMailbox '{s_real}/{name}' $m -Verify -WarningAction SilentlyContinue -WarningVariable w").Single();
        PSObject[] compared = [.. _session.InvokeClean($"Compare-PstToMailbox '{s_real}/{name}' $m -PassThru")];

        Assert.Equal([], compared[..^1].Where(i => Value<IEnumerable<string>>(i, "Untold").Any()).Select(i => Value<string>(i, "Subject") + ": " + string.Join(" ", Value<IEnumerable<string>>(i, "Untold"))));
        Assert.All([PSObject.AsPSObject(imported.Properties["Verification"].Value), compared[^1]], c =>
        {
            Assert.Equal((0L, 0L), (Value<long>(c, "Missing"), Value<long>(c, "Different") - Value<long>(c, "Lessened")));
            Assert.Equal(Value<long>(imported, "Skipped"), Value<long>(c, "Skipped"));
            Assert.Equal(Value<long>(imported, "Read"), Value<long>(c, "Same") + Value<long>(c, "Different") + Value<long>(c, "Skipped"));
            Assert.Equal(Value<long>(c, "Same") == Value<long>(imported, "Read"), Value<bool>(c, "IsWhole"));
        });
        Assert.DoesNotContain("Verification", string.Join(" ", _session.InvokeClean("$w | ForEach-Object Message").Select(w => w.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_contact_has_no_sender_and_a_changed_occurrence_has_the_subject_of_its_series()
    {
        Assert.SkipUnless(Directory.Exists(s_real), "The files are no part of the project.");
        foreach (string name in (string[])["dist-list.pst", "Outlook_1.pst"])
        {
            PSObject compared = _session.InvokeClean($"$null = Import-PstToMailbox '{s_real}/{name}' $m -WarningAction SilentlyContinue; Compare-PstToMailbox '{s_real}/{name}' $m").Single();
            Assert.Equal((0L, 0L), (Value<long>(compared, "Different"), Value<long>(compared, "Missing")));
        }
    }

    [Fact]
    public void What_loses_something_on_its_way_into_files_is_different_and_not_missing()
    {
        foreach (string format in (string[])["Eml", "Mbox", "Maildir"])
        {
            PSObject result = _session.InvokeClean($"Export-PstItem $s -Verify -Destination '{_folder}/{format}' -Format {format} -WarningAction SilentlyContinue").Single();
            PSObject verified = PSObject.AsPSObject(result.Properties["Verification"].Value);
            Assert.Equal((5L, 0L, 0L, 5L), (Value<long>(verified, "SourceItems"), Value<long>(verified, "Missing"), Value<long>(verified, "Extra"), Value<long>(verified, "TargetItems")));
        }
    }

    [Fact]
    public void A_place_to_compare_with_is_no_pattern()
    {
        _session.Invoke("Compare-PstToMailbox $s $m -TargetFolder 'Inbox/*'");
        Assert.StartsWith("FolderNameInvalid", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_transfer_can_be_verified_between_files_to_the_last_property()
    {
        PSObject imported = _session.InvokeClean($"Import-PstItem $s '{_folder}/in.pst' -Verify").Single();
        Assert.Equal(new Dictionary<string, long> { ["Exact"] = 5 }, Value<IReadOnlyDictionary<string, long>>(PSObject.AsPSObject(imported.Properties["Verification"].Value), "Levels"));
        _session.InvokeClean("$null = Import-PstToMailbox $s -Mailbox $m");
        string export = $"Export-PstItem $s -Verify -MessageClass IPM.Note -Destination '{_folder}/";
        string[] commands =
        [
            $"Export-MailboxToPst $m '{_folder}/out.pst' -Verify", $"Export-MailboxToPst $m '{_folder}/out.pst' -Verify", export + "eml'", export + "mbox' -Format Mbox",
            export + "maildir' -Format Maildir",
        ];
        foreach (string command in commands)
        {
            PSObject verified = PSObject.AsPSObject(_session.InvokeClean(command).Single().Properties["Verification"].Value);
            Assert.True(Value<bool>(verified, "IsWhole"), command + ": " + string.Join(", ", Value<IEnumerable<object>>(verified, "Issues").Select(i => i + " " + string.Join(" ", Value<IEnumerable<string>>(PSObject.AsPSObject(i), "Differences")))));
            Assert.Equal(command.Contains("IPM.Note", StringComparison.Ordinal) ? 4L : 5L, Value<long>(verified, "Same"));
        }
    }

    public void Dispose()
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static T Value<T>(PSObject item, string property) => (T)item.Properties[property].Value;
}
