using PstMigration.Mapi;
using PstMigration.Pst;
using Xunit;

namespace PstMigration.Transfer.Tests.Contract;

/// <summary>An export into a series of files is brought up to date as one file would be: each item is in one part, and stays there.</summary>
public sealed class SeriesTests : IDisposable
{
    private readonly ChangedMailbox _m = new() { Split = PstSplit.Yearly };

    public void Dispose() => _m.Dispose();

    [Fact]
    public async Task What_is_new_goes_by_the_rule_and_what_changed_or_moved_does_so_in_its_part()
    {
        string folder = _m.MakeFolder("Projects");
        string[] ids = [.. Enumerable.Range(0, 6).Select(i => _m.Receive("mail " + i, Day(2022 + (i % 3))))];
        Assert.Equal(6, (await _m.ExportAsync()).Count(ItemFate.Copied));
        Assert.Equal(["a-2022.pst", "a-2023.pst", "a-2024.pst"], Parts());

        _m.Receive("new", Day(2025));
        _m.Send("PATCH", "messages/" + ids[1], """{"subject":"mail 1 changed"}""");
        _m.Move(ids[2], folder);
        _m.Send("POST", "messages/" + ids[3] + "/permanentDelete");
        TransferSummary run = await _m.ExportAsync();

        Assert.Equal((2, 1, 1, 4, 3), (run.Count(ItemFate.Copied), run.Replaced, run.Moved, run.Count(ItemFate.AlreadyThere), run.Unlisted));
        Assert.Equal(["Inbox/mail 0", "Inbox/mail 3"], Part("2022"));
        Assert.Equal(["Inbox/mail 1 changed", "Inbox/mail 4"], Part("2023"));
        Assert.Equal(["Inbox/mail 5", "Projects/mail 2"], Part("2024"));
        Assert.Equal(["Inbox/new"], Part("2025"));
        Assert.Empty(ChangedMailbox.Content(_m.File));
        Assert.Equal((6, 0), await _m.ExportAsync() is var again ? (again.Unlisted, again.Count(ItemFate.Copied)) : default);
    }

    [Fact]
    public async Task An_item_that_is_of_another_year_by_now_stays_where_it_is_and_so_do_its_versions()
    {
        string id = _m.Receive("mail", Day(2022));
        await _m.ExportAsync();
        string later = "[{\"id\":\"SystemTime 0x0E06\",\"value\":\"2024-05-01T00:00:00Z\"}]";
        _m.Send("PATCH", "messages/" + id, "{\"subject\":\"mail 2\",\"singleValueExtendedProperties\":" + later + "}");
        Assert.Equal(1, (await _m.ExportAsync(new TransferOptions { OnChange = ChangePolicy.Version })).Count(ItemFate.Copied));
        Assert.Equal(["a-2022.pst"], Parts());
        Assert.Equal(["Inbox/mail", "Inbox/mail 2"], Part("2022"));

        _m.Send("PATCH", "messages/" + id, """{"subject":"mail 3"}""");
        Assert.Equal(1, (await _m.ExportAsync()).Replaced);
        Assert.Equal(["Inbox/mail", "Inbox/mail 3"], Part("2022"));
        Assert.Equal(["a-2022.pst"], Parts());
    }

    [Fact]
    public async Task A_run_that_was_stopped_leaves_a_series_that_goes_on()
    {
        for (int i = 0; i < 150; i++)
        {
            _m.Receive("mail " + i, Day(2020 + (i % 5)));
        }

        using (CancellationTokenSource stop = new())
        {
            int met = 0;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _m.ExportAsync(null, _ => Stop(++met, stop), stop.Token));
        }

        int there = _m.Content().Length;
        Assert.InRange(there, 0, 149);
        TransferSummary run = await _m.ExportAsync(new TransferOptions { OpenWritten = _ => _m.OpenFileAsync() });

        Assert.Equal((150, 150 - there), (run.Read, run.Count(ItemFate.Copied)));
        Assert.Equal(150, _m.Content().Distinct().Count());
        Assert.Equal(150, run.Verification!.Count(CompareOutcome.Same));
        Assert.True(run.Verification.IsWhole);
        Assert.Equal(150, (await _m.ExportAsync()).Unlisted);
    }

    [Fact]
    public async Task A_part_somebody_wrote_to_or_took_away_is_made_whole_again()
    {
        for (int i = 0; i < 6; i++)
        {
            _m.Receive("mail " + i, Day(2022 + (i % 2)));
        }

        await _m.ExportAsync();
        System.IO.File.Delete(_m.Files[2]);
        TransferSummary run = await _m.ExportAsync();

        Assert.Equal((3, 3, 0), (run.Count(ItemFate.Copied), run.Count(ItemFate.AlreadyThere), run.Unlisted));
        Assert.Equal(6, _m.Content().Distinct().Count());

        // The first file holds no more than the others do: without it the series goes on, by what its parts say.
        System.IO.File.Delete(_m.File);
        _m.Split = new PstSeries(_m.File).FindRule("");
        Assert.Equal(PstSplitBy.Year, _m.Split!.By);
        run = await _m.ExportAsync();
        Assert.Equal((0, 6), (run.Count(ItemFate.Copied), run.Count(ItemFate.AlreadyThere)));
    }

    [Fact]
    public async Task The_first_file_knows_the_others_and_an_older_one_by_the_numbers_left_out()
    {
        _m.Split = PstSplit.BySize(300_000);
        string text = string.Join(" ", Enumerable.Range(0, 20_000));
        for (int i = 0; i < 5; i++)
        {
            _m.Receive("mail " + i, Day(2022), text: text);
        }

        await _m.ExportAsync();
        PstSeries series = new(_m.File);
        string[] files = [.. series.Find()];
        Assert.True(files.Length >= 4, string.Join(" ", files));
        Assert.Empty(series.FindMissing());
        Assert.All(files, f => Assert.Equal(_m.File, PstSeries.Of(f)!.FirstPath));

        System.IO.File.Delete(files[1]);
        System.IO.File.Delete(files[^1]);
        Assert.Equal([files[1], files[^1]], series.FindMissing());

        using (PstFileEditor editor = PstFileEditor.Open(_m.File))
        {
            editor.SetStoreProperties(new PropertyBag(), [PropertyNames.Parts]);
            editor.Commit();
        }

        Assert.Equal([files[1]], series.FindMissing());
        await _m.ExportAsync();
        Assert.Empty(series.FindMissing());
        System.IO.File.Delete(_m.File);
        Assert.Equal([_m.File, files[1]], series.FindMissing());
    }

    [Fact]
    public async Task A_part_that_is_full_is_followed_by_the_next_and_one_item_is_never_split()
    {
        _m.Split = PstSplit.BySize(600_000);
        string text = string.Join(" ", Enumerable.Range(0, 20_000));
        for (int i = 0; i < 5; i++)
        {
            _m.Receive("mail " + i, Day(2022), text: text);
        }

        _m.Receive("large", Day(2022), text: string.Join(" ", Enumerable.Range(0, 100_000)));
        Assert.Equal(6, (await _m.ExportAsync()).Count(ItemFate.Copied));

        Assert.Equal("a-002.pst", Parts()[0]);
        Assert.True(Parts().Length >= 3, string.Join(" ", Parts()));
        Assert.Single(_m.Files, f => new FileInfo(f).Length > 600_000);
        Assert.Equal(6, _m.Content().Length);
    }

    [Fact]
    public async Task Of_several_versions_in_several_files_the_newest_is_known()
    {
        _m.Split = null;
        System.IO.File.Delete(_m.File);
        using (PstFileBuilder builder = PstFileBuilder.Create(_m.File))
        {
            builder.StoreProperties.Set(PropertyNames.ExportOf, await _m.StoreKeyAsync());
            builder.Complete();
        }

        string[] ids = [.. Enumerable.Range(0, 3).Select(i => _m.Receive("mail " + i, Day(2022)))];
        await _m.ExportAsync();
        string old = Path.Combine(Path.GetDirectoryName(_m.File)!, "old.pst");
        System.IO.File.Copy(_m.File, old);
        await Task.Delay(1100, TestContext.Current.CancellationToken);
        TransferOptions both = new() { OnChange = ChangePolicy.Version };
        _m.Send("PATCH", "messages/" + ids[1], """{"subject":"mail 1 changed"}""");
        await _m.ExportAsync(both);
        _m.Send("PATCH", "messages/" + ids[1], """{"subject":"mail 1 changed twice"}""");
        _m.Send("POST", "messages/" + ids[2] + "/permanentDelete");
        await _m.ExportAsync(both);
        Assert.Equal(5, _m.Content().Length);

        foreach (string[] files in new[] { [old, _m.File], new[] { _m.File, old } })
        {
            PstVersions versions = PstVersions.Read(files);
            Assert.Equal(["mail 0", "mail 1 changed twice", "mail 2"], files.SelectMany(f => Newest(versions, f)).OrderBy(n => n, StringComparer.Ordinal));
        }
    }

    private static IEnumerable<string> Newest(PstVersions versions, string path)
    {
        using PstFile file = PstFile.Open(path);
        return [.. file.EnumerateFolders().SelectMany(f => f.EnumerateItems()).Where(i => versions.FindNewer(new PstCopy(path, i.NodeId.ToString())) is null).Select(i => i.Subject)];
    }

    private static DateTimeOffset Day(int year) => new(year, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static void Stop(int met, CancellationTokenSource stop)
    {
        if (met == 60)
        {
            stop.Cancel();
        }
    }

    private string[] Parts() => [.. _m.Files.Skip(1).Select(f => Path.GetFileName(f)!)];

    private string[] Part(string suffix) => ChangedMailbox.Content(new PstSeries(_m.File).PathOf(suffix));
}
