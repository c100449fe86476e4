using PstMigration.Mapi;
using PstMigration.Transfer;
using Xunit;

namespace PstMigration.Transfer.Tests.Retiring;

public sealed class SourceRetirementTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly SourceArrival[] s_arrivals = [new("memory:2", "m@example.jp", null, null)];
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "pstmigration-" + Path.GetRandomFileName());

    public SourceRetirementTests() => Directory.CreateDirectory(_folder);

    private string File1 => Path.Combine(_folder, "a.pst");

    [Theory]
    [InlineData("whole", null)]
    [InlineData("failed", "SourceStays")]
    [InlineData("skipped", "SourceStays")]
    [InlineData("loss", "SourceStays")]
    [InlineData("missing", "SourceStays")]
    [InlineData("unverified", "SourceStays")]
    [InlineData("folder", "SourceStays")]
    [InlineData("part", "SourceStays")]
    [InlineData("hidden", "SourceStays")]
    public async Task Only_what_was_brought_whole_may_go(string way, string? error)
    {
        MemorySource source = new MemorySource().Folder("Inbox").Item("a").Item("b", failure: way == "failed" ? new IOException("torn") : null);
        source.OnListed = _ => way == "folder" ? new IOException("torn") : null;
        MemoryTarget target = new()
        {
            OnWrite = item => item.Subject != "b" ? null
                : way == "skipped" ? WriteResult.Skipped(TransferErrorIds.ItemChangeKept, "no")
                : way == "loss" ? WriteResult.Copied(new ItemKey("memory:2", "9"), [new ItemLoss(LossKind.Folder, "")])
                : null,
        };
        MemorySource written = new MemorySource("memory:2").Folder("Inbox").Item("a");
        written = way == "missing" ? written : written.Item("b");
        TransferOptions options = new()
        {
            OpenWritten = way == "unverified" ? null : _ => Task.FromResult<IItemSource>(written),
            Filter = way == "part" ? new ItemFilter { Folders = [FolderSelector.Parse("Inbox")] } : ItemFilter.All,
        };
        SourceReport report = way == "hidden" ? SourceReport.Empty with { Notices = [new SourceNotice(SourceNoticeKind.Hidden, 2, "hidden")] } : SourceReport.Empty;

        TransferRun run = await TransferRun.PlanAsync(source, options, new SilentObserver(), CancellationToken.None);
        (TransferSummary summary, _) = await run.RunAsync(target, CancellationToken.None);

        Exception? stays = Record.Exception(() => SourceRetirement.Check(options, summary, report));
        Assert.Equal(error, (stays as MailDataException)?.Id);
        Assert.True(stays is null == error is null);
    }

    [Fact]
    public void What_is_written_to_between_reading_and_renaming_stays()
    {
        FileStamp before = Make();
        byte[] content = File.ReadAllBytes(File1);
        content[7] ^= 1;
        File.WriteAllBytes(File1, content);
        File.SetLastWriteTimeUtc(File1, before.Written);

        MailDataException error = Assert.Throws<MailDataException>(() => RetiredSource.Retire(File1, before, s_now, s_now, s_arrivals));

        Assert.Equal("SourceStays", error.Id);
        Assert.Equal([File1], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_retired_file_is_found_with_its_time_and_deleted_with_its_note()
    {
        RetiredSource.Retire(File1, Make(), s_now, s_now.AddDays(30), s_arrivals);

        RetiredSource retired = Assert.Single(RetiredSource.In(_folder));
        Assert.Equal((File1 + ".retired", s_now.AddDays(30)), (retired.Path, retired.DeleteAfter));
        Assert.Equal(retired.Path, RetiredSource.Of(File1)?.Path);
        Assert.Null(retired.ReasonToStay(force: false));

        File.SetLastWriteTimeUtc(retired.Path, s_now.UtcDateTime.AddHours(1));
        Assert.NotNull(retired.ReasonToStay(force: true));
        retired.Delete();
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{ \"schema\": \"pstmigration-retired-2\", \"deleteAfter\": \"2001-01-01T00:00:00Z\" }")]
    [InlineData("{ \"schema\": \"pstmigration-retired-1\" }")]
    [InlineData("{ \"schema\": \"pstmigration-retired-1\", \"arrivals\": null }")]
    [InlineData("{ \"schema\": \"pstmigration-retired-1\", \"arrivals\": [null], \"deleteAfter\": \"2001-01-01T00:00:00Z\" }")]
    public void A_note_that_does_not_tell_deletes_nothing(string note)
    {
        RetiredSource.Retire(File1, Make(), s_now, s_now, s_arrivals);
        File.WriteAllText(File1 + ".retired.json", note);

        Assert.All(RetiredSource.In(_folder), r => Assert.True(r.DeleteAfter > s_now || r.ReasonToStay(force: true) is not null));
    }

    [Fact]
    public async Task A_preview_tells_what_is_large_full_and_deep()
    {
        MemorySource source = new MemorySource().Folder("a").Item("1").Item("2").Folder("a/b/c").Item("3").Folder("d/e/f/g");
        source.Items.First().Item.Properties.Set(PropertyTags.MessageDeliveryTime, s_now);
        TransferRun run = await TransferRun.PlanAsync(source, new TransferOptions(), new SilentObserver(), CancellationToken.None);

        TransferShape shape = (await run.PreviewAsync(_ => false, _ => [], CancellationToken.None)).Shape;

        Assert.Equal([("a", 2L), ("a/b/c", 1L)], shape.Folders.Select(f => (f.Folder.Path.ToString(), f.Items)));
        Assert.Equal((3, 0L), (shape.Depth, shape.LargeItems));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private FileStamp Make()
    {
        File.WriteAllBytes(File1, [.. Enumerable.Range(0, 5000).Select(i => (byte)i)]);
        return FileStamp.Of(File1);
    }
}
