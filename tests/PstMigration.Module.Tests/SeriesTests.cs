using System.Globalization;
using System.Text;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>A mailbox exported into a series of data files, by the cmdlets.</summary>
public sealed class SeriesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-series").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    [Fact]
    public void By_year_each_item_is_in_the_file_of_its_year_and_a_second_run_writes_none()
    {
        Fill([.. Enumerable.Range(0, 12).Select(i => new DateTime(2022 + (i % 3), 6, 1 + i))]);

        Export("-SplitBy Year -Verify");

        Assert.Equal([12L, 0L, 12L], Numbers("$r.Copied, $r.AlreadyThere, [long]$r.Verification.Same"));
        Assert.Equal(["backup-2022.pst", "backup-2023.pst", "backup-2024.pst", "backup.pst"], Files());
        Assert.Equal(["backup-2022.pst", "backup-2023.pst", "backup-2024.pst"], Texts("$r.Parts").Select(Path.GetFileName));
        Assert.Equal(12, Texts($"Get-PstItem '{_folder}/backup*.pst'").Length);
        foreach (int year in new[] { 2022, 2023, 2024 })
        {
            Assert.Equal(Enumerable.Repeat(year.ToString(CultureInfo.InvariantCulture), 4), Texts($"Get-PstItem '{_folder}/backup-{year}.pst' | ForEach-Object {{ $_.ReceivedTime.Year }}"));
        }

        // It stays a series without being asked to, and what no part lacks is not written.
        foreach (string arguments in new[] { "", "-SplitBy Year", $"-JournalFolder '{_folder}/other' -Verify" })
        {
            Export(arguments);
            Assert.Equal([0L, 12L], Numbers("$r.Copied, $r.AlreadyThere"));
        }

        AssertClean();
        Assert.Equal(4, Files().Length);
    }

    [Fact]
    public void By_size_the_next_file_begins_where_one_is_full_and_the_last_one_is_added_to()
    {
        Fill([.. Enumerable.Range(0, 8).Select(i => new DateTime(2024, 1, 1 + i))], words: 25_000);
        Export("-SplitSize 1MB");

        string[] parts = Files();
        Assert.Equal(["backup-002.pst", "backup-003.pst"], parts.Take(2));
        Assert.Equal(8L, Numbers("$r.Copied").Single());
        Assert.All(parts, p => Assert.InRange(new FileInfo(Path.Combine(_folder, p)).Length, 1, 1 << 20));

        Fill([.. Enumerable.Range(0, 9).Select(i => new DateTime(2024, 1, 1 + i))], words: 25_000);
        DateTime first = File.GetLastWriteTimeUtc(Path.Combine(_folder, "backup-002.pst"));
        Export("-Verify");
        Assert.Equal([1L, 8L, 9L], Numbers("$r.Copied, $r.AlreadyThere, [long]$r.Verification.Same"));
        Assert.Equal(first, File.GetLastWriteTimeUtc(Path.Combine(_folder, "backup-002.pst")));
        AssertClean();

        // Another size for what comes: what is full is not touched.
        parts = Files();
        Export("-SplitBy Size -SplitSize 1GB");
        Assert.Equal([0L, 9L], Numbers("$r.Copied, $r.AlreadyThere"));
        Assert.Equal(parts, Files());
    }

    [Fact]
    public void An_export_becomes_a_series_and_another_file_of_a_parts_name_is_left_alone()
    {
        Fill([new DateTime(2022, 6, 1), new DateTime(2023, 6, 1)]);
        Export("");
        Assert.Equal(["backup.pst"], Files());
        File.Copy(Path.Combine(_folder, "mail.pst"), Path.Combine(_folder, "backup-2019.pst"));
        byte[] before = File.ReadAllBytes(Path.Combine(_folder, "backup-2019.pst"));

        _session.Invoke($"$null = Export-MailboxToPst $m '{_folder}/backup.pst' -SplitBy Year -ErrorVariable e -ErrorAction SilentlyContinue");
        Assert.Equal(["PstExists"], Texts("$e | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] }"));
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_folder, "backup-2019.pst")));

        File.Delete(Path.Combine(_folder, "backup-2019.pst"));
        Export("-SplitBy Year");
        Assert.Equal([0L, 2L], Numbers("$r.Copied, $r.AlreadyThere"));
        Assert.Equal(["backup.pst"], Files());
        Fill([new DateTime(2022, 6, 1), new DateTime(2023, 6, 1), new DateTime(2023, 7, 1)]);
        Export("");
        Assert.Equal(["backup-2023.pst", "backup.pst"], Files());
        AssertClean();
    }

    [Fact]
    public void A_size_without_parts_of_a_size_is_an_error()
    {
        _session.Invoke($"Export-MailboxToPst nobody@example.com '{_folder}/backup.pst' -SplitBy Year -SplitSize 5GB");
        Assert.Contains(_session.Errors, e => e.FullyQualifiedErrorId.StartsWith("SplitConflict", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(_folder, "*.pst"));
    }

    [Fact]
    public void A_series_is_taken_back_from_all_its_files()
    {
        Fill([new DateTime(2022, 6, 1), new DateTime(2023, 6, 1)]);
        Export($"-SplitBy Year -JournalFolder '{_folder}/journals'");

        Assert.Equal(["2"], Texts($"(Get-PstTransfer -JournalFolder '{_folder}/journals' | Where-Object Target -Like '*backup.pst*' | Undo-PstTransfer -JournalFolder '{_folder}/journals' -Permanent -Force -Confirm:$false).Removed"));
        Assert.Empty(Texts($"Get-PstItem '{_folder}/backup*.pst'"));
        AssertClean();
    }

    [Fact]
    public void A_series_is_imported_whole_and_what_two_files_have_comes_once()
    {
        Fill([new DateTime(2022, 6, 1), new DateTime(2023, 6, 1), new DateTime(2024, 6, 1)]);
        Export("-SplitBy Year");

        // A part that was lost and came back when its items had been exported again.
        File.Move(Path.Combine(_folder, "backup-2023.pst"), Path.Combine(_folder, "away.pst"));
        Export("-SplitSize 1GB");
        Assert.Equal([1L, 2L], Numbers("$r.Copied, $r.AlreadyThere"));
        File.Move(Path.Combine(_folder, "away.pst"), Path.Combine(_folder, "backup-2023.pst"));
        Assert.Equal(4, Texts($"Get-PstItem '{_folder}/backup*.pst'").Length);

        _session.InvokeClean($"$n = Connect-MsMailbox -Sandbox '{_folder}/n.mailbox' -NoThrottling -Address other@example.com");
        _session.Invoke($"$all = Import-PstToMailbox '{_folder}/backup*.pst' -Mailbox $n -AllowDuplicate");
        Assert.Equal([3L, 1L, 0L], [Sum("Copied"), Sum("Skipped"), Sum("Failed")]);
        Assert.Equal(["ItemOlderVersion"], Texts("$all | ForEach-Object { $_.Issues } | ForEach-Object { $_.ReasonId }"));
        Assert.Equal([3L], Numbers("($n | Get-MsMailbox).ItemCount"));

        Assert.Equal([3L, 0L], Numbers($"$d = Compare-PstToMailbox '{_folder}/backup.pst' -Mailbox $n; $d.Same, $d.Missing"));

        // One by one, and in the other order.
        _session.InvokeClean($"$o = Connect-MsMailbox -Sandbox '{_folder}/o.mailbox' -NoThrottling -Address third@example.com");
        _session.Invoke($"$all = 'backup.pst', 'backup-2024.pst', 'backup-2023.pst', 'backup-2022.pst' | ForEach-Object {{ \"{_folder}/$_\" }} | Import-PstToMailbox -Mailbox $o -AllowDuplicate");
        Assert.Equal([3L, 1L], [Sum("Copied"), Sum("Skipped")]);
    }

    [Fact]
    public void A_file_of_a_series_that_is_missing_is_named_by_all_that_read_or_go_on_with_it()
    {
        Fill([new DateTime(2022, 6, 1), new DateTime(2023, 6, 1), new DateTime(2024, 6, 1)]);
        Export("-SplitBy Year");
        _session.InvokeClean($"$n = Connect-MsMailbox -Sandbox '{_folder}/n.mailbox' -NoThrottling -Address other@example.com; $quiet = @{{ WarningVariable = 'w'; WarningAction = 'SilentlyContinue' }}");
        string part = Path.Combine(_folder, "backup-2023.pst");
        File.Move(part, Path.Combine(_folder, "away.pst"));

        // The first file stands for all of them, and what is left is read.
        _session.InvokeClean($"$all = Import-PstToMailbox '{_folder}/backup.pst' -Mailbox $n @quiet");
        Assert.Equal(2L, Sum("Copied"));
        Assert.Single(Texts("$w"), w => w.Contains(part, StringComparison.Ordinal));
        Assert.Equal([2L, 0L], Numbers($"$d = Compare-PstToMailbox '{_folder}/backup.pst' $n @quiet; $d.Same, $d.Missing"));
        Assert.Single(Texts("$w"), w => w.Contains(part, StringComparison.Ordinal));
        foreach (string given in new[] { $"'{_folder}/backup.pst'", $"'{_folder}/backup*.pst'", $"'{_folder}/backup.pst', '{_folder}/backup-2022.pst'" })
        {
            _session.InvokeClean($"$all = Import-PstToMailbox {given} -Mailbox $n @quiet");
            Assert.Equal([0L, 2L], [Sum("Copied"), Sum("AlreadyThere")]);
            Assert.Single(Texts("$w"), w => w.Contains(part, StringComparison.Ordinal));
        }

        Assert.Empty(Texts($"$null = Import-PstToMailbox '{_folder}/backup-2022.pst' -Mailbox $n @quiet; $w"));
        Export("@quiet");
        Assert.Equal([1L, 2L], Numbers("$r.Copied, $r.AlreadyThere"));
        Assert.Single(Texts("$w"), w => w.Contains(part, StringComparison.Ordinal));
        Export("@quiet");
        Assert.Empty(Texts("$w"));
        _session.InvokeClean($"$all = Import-PstToMailbox '{_folder}/backup.pst' -Mailbox $n @quiet");
        Assert.Equal(1L, Sum("Copied"));
        Assert.Empty(Texts("$w"));

        // Without the first one the others are a series still.
        string first = Path.Combine(_folder, "backup.pst");
        File.Move(first, Path.Combine(_folder, "first.pst"));
        Assert.Single(Texts($"$null = Import-PstToMailbox '{_folder}/backup*.pst' -Mailbox $n @quiet; $w"), w => w.Contains(first, StringComparison.Ordinal));
        Export("@quiet");
        Assert.Single(Texts("$w"), w => w.Contains(first, StringComparison.Ordinal));
        AssertClean();
    }

    [Fact]
    public void Archiving_asks_counts_and_removes_what_is_old_and_verified()
    {
        Fill([new DateTime(2020, 6, 1), new DateTime(2021, 6, 1), DateTime.Today.AddDays(-3)]);

        // Of which age has to be said; it is asked; -WhatIf does nothing.
        _session.Invoke($"Export-MailboxToPst $m '{_folder}/backup.pst' -RemoveAfterVerify");
        Assert.Contains(_session.Errors, e => e.FullyQualifiedErrorId.StartsWith("ArchiveNeedsAge", StringComparison.Ordinal));
        _session.InvokeClean($"Export-MailboxToPst $m '{_folder}/backup.pst' -RemoveAfterVerify -OlderThan 365d -WhatIf");
        Assert.Contains("2 item(s)", _session.Shown);
        Assert.False(File.Exists(Path.Combine(_folder, "backup.pst")));
        Assert.Equal(3L, Numbers("($m | Get-MsMailbox).ItemCount").Single());

        Export("-RemoveAfterVerify -OlderThan 365d -SplitBy Year -Force");

        Assert.Equal([2L, 2L, 2L], Numbers("$r.Copied, $r.Removed, [long]$r.Verification.Same"));
        Assert.Equal(["backup-2020.pst", "backup-2021.pst", "backup.pst"], Files());
        Assert.Equal(1L, Numbers("($m | Get-MsMailbox).ItemCount").Single());
        Assert.Contains("Removed", _session.Show("$r | Format-List"));
        AssertClean();

        // Nobody can answer here: nothing is removed.
        Fill([new DateTime(2020, 6, 1)]);
        _session.Invoke($"Export-MailboxToPst $m '{_folder}/backup.pst' -RemoveAfterVerify -OlderThan 365d");
        Assert.NotEmpty(_session.Errors);
    }

    [Fact]
    public void An_item_of_a_file_is_not_left_out_for_one_in_another_file_that_is_not_imported()
    {
        Fill([new DateTime(2022, 6, 1), new DateTime(2023, 6, 1)]);
        _session.InvokeClean($"$null = Import-PstItem '{_folder}/mail.mbox' '{_folder}/again.pst'; $null = Import-PstToMailbox '{_folder}/again.pst' -Mailbox $m -TargetFolder Other -AllowDuplicate");
        Export("");
        _session.InvokeClean($"$null = Export-MailboxToPst $m '{_folder}/later.pst'");
        string[] folders = [.. Texts($"Get-PstItem '{_folder}/backup.pst' | ForEach-Object {{ $_.Folder }}").Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(2, folders.Length);

        // Of one export one folder, of the other another.
        File.WriteAllText(Path.Combine(_folder, "batch.csv"), $"Path,Folder\n{_folder}/backup.pst,{folders[0]}\n{_folder}/later.pst,{folders[1]}\n");
        _session.InvokeClean($"$n = Connect-MsMailbox -Sandbox '{_folder}/n.mailbox' -NoThrottling -Address other@example.com");
        _session.Invoke($"$all = Import-PstToMailbox -BatchFile '{_folder}/batch.csv' -Mailbox $n -AllowDuplicate");

        // The first row means all of backup.pst, the second one folder of the later export.
        Assert.Equal([4L], Numbers("($n | Get-MsMailbox).ItemCount"));
    }

    [Fact]
    public void What_is_missing_of_a_part_is_missing_though_the_first_file_has_an_older_item_of_that_number()
    {
        Fill([.. Enumerable.Range(0, 8).Select(i => new DateTime(2024, 1, 1 + i))], words: 25_000);
        Export("-SplitSize 1MB");
        int inFirst = Texts($"Get-PstItem '{_folder}/backup.pst'").Length;
        Assert.InRange(inFirst, 1, 7);
        _session.InvokeClean($"$null = Export-MailboxToPst $m '{_folder}/later.pst' -Before {new DateTime(2024, 1, 1 + inFirst):yyyy-MM-dd}");
        Assert.Equal(inFirst, Texts($"Get-PstItem '{_folder}/later.pst'").Length);

        // The later export alone went into the mailbox: of the parts nothing is there.
        _session.InvokeClean($"$n = Connect-MsMailbox -Sandbox '{_folder}/n.mailbox' -NoThrottling -Address other@example.com; $null = Import-PstToMailbox '{_folder}/later.pst' -Mailbox $n");
        Assert.Equal([8L - inFirst, 0L], Numbers($"$d = Compare-PstToMailbox '{_folder}/backup.pst', '{_folder}/later.pst' -Mailbox $n; $d[0].Missing, $d[1].Missing"));
    }

    private long Sum(string property) => Numbers($"$all | ForEach-Object {{ $_.{property} }}").Sum();

    public void Dispose()
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Export(string arguments) => _session.InvokeClean($"$r = Export-MailboxToPst $m '{_folder}/backup.pst' {arguments}");

    private string[] Files() => [.. Directory.GetFiles(_folder, "backup*").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private long[] Numbers(string script) => [.. _session.InvokeClean(script).Select(o => Convert.ToInt64(o.BaseObject, CultureInfo.InvariantCulture))];

    private string[] Texts(string script) => [.. _session.InvokeClean(script).Select(o => o.ToString())];

    private void AssertClean() => Assert.All(
        Texts($"Test-PstFile '{_folder}/backup*.pst' | ForEach-Object {{ \"$($_.IsValid) $($_.Findings.Count)\" }}"), t => Assert.Equal("True 0", t));

    /// <summary>Brings mails of these dates into the mailbox; what is there already stays as it is.</summary>
    private void Fill(DateTime[] dates, int words = 4)
    {
        StringBuilder mbox = new();
        string text = string.Join(" ", Enumerable.Range(0, words).Select(w => w % 12 == 11 ? "w" + w + "\n" : "w" + w));
        for (int i = 0; i < dates.Length; i++)
        {
            mbox.Append(CultureInfo.InvariantCulture, $"From a@example.com Thu Jan  1 00:00:00 2026\nMessage-ID: <{i}@example.com>\nFrom: A <a@example.com>\nTo: b@example.com\n")
                .Append(CultureInfo.InvariantCulture, $"Date: {dates[i]:ddd, dd MMM yyyy} 12:00:00 +0000\nSubject: mail {i}\n\nText of mail {i}: {text}.\n\n");
        }

        File.WriteAllText(Path.Combine(_folder, "mail.mbox"), mbox.ToString());
        File.Delete(Path.Combine(_folder, "mail.pst"));
        _session.InvokeClean($"$null = Import-PstItem '{_folder}/mail.mbox' '{_folder}/mail.pst'");
        _session.InvokeClean($"if (-not $m) {{ $m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -NoThrottling }}; $null = Import-PstToMailbox '{_folder}/mail.pst' -Mailbox $m");
    }
}
