using PstMigration.Mapi;
using PstMigration.Pst;
using Xunit;

namespace PstMigration.Transfer.Tests.Contract;

/// <summary>A mailbox has calendars and task lists beside mail folders of the same name; a data file has one tree for all, in which each kind keeps a folder of its own, whatever happens to the others.</summary>
public sealed class FolderKindTests : IDisposable
{
    private readonly ChangedMailbox _m = new();

    public void Dispose() => _m.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Folders_of_one_name_stay_apart_are_verified_there_and_are_not_copied_again(bool isSeries)
    {
        _m.Split = isSeries ? PstSplit.Yearly : null;
        string calendar = MakeCalendar("Deleted Items");
        MakeEvent(calendar, "Lunch");
        string list = _m.Send("POST", "todo/lists", """{"displayName":"deleted items"}""");
        _m.Send("POST", "todo/lists/" + list + "/tasks", """{"title":"Buy milk"}""");
        _m.Write("old news", "deleteditems");

        TransferSummary run = await ExportAsync();
        TransferSummary again = await ExportAsync();
        string other = MakeCalendar("Trips");
        MakeEvent(other, "Kyoto");
        MakeEvent(calendar, "Dinner");
        TransferSummary later = await ExportAsync();

        Assert.Equal((3, 3L, true), (run.Count(ItemFate.Copied), run.Verification!.Count(CompareOutcome.Same), run.Verification.IsWhole));
        Assert.Equal((0, 3, 0, true), (again.Count(ItemFate.Copied), again.Count(ItemFate.AlreadyThere), again.Moved, again.Verification!.IsWhole));
        Assert.Equal((2, 3, 0, true), (later.Count(ItemFate.Copied), later.Count(ItemFate.AlreadyThere), later.Moved, later.Verification!.IsWhole));
        Assert.Equal(
            ["Deleted Items (2)/Dinner", "Deleted Items (2)/Lunch", "Deleted Items/old news", "Trips/Kyoto", "deleted items (3)/Buy milk"],
            _m.Content());
        Assert.Equal(["Deleted Items (2) IPF.Appointment", "Deleted Items IPF.Note", "deleted items (3) IPF.Task"], Folders("deleted items"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_calendar_keeps_its_folder_when_the_mail_folder_goes(bool isSeries)
    {
        _m.Split = isSeries ? PstSplit.Yearly : null;
        string folder = _m.MakeFolder("Projects");
        string calendar = MakeCalendar("Projects");
        _m.Write("plan", folder);
        MakeEvent(calendar, "Kickoff");
        await ExportAsync();

        _m.Send("POST", "mailFolders/" + folder + "/permanentDelete");
        MakeEvent(calendar, "Review");
        TransferSummary run = await ExportAsync();
        TransferSummary again = await ExportAsync();

        Assert.Equal((1, true), (run.Count(ItemFate.Copied), run.Verification!.IsWhole));
        Assert.Equal((0, 2, 0, true), (again.Count(ItemFate.Copied), again.Count(ItemFate.AlreadyThere), again.Moved, again.Verification!.IsWhole));
        Assert.Equal(["Projects (2)/Kickoff", "Projects (2)/Review", "Projects/plan"], _m.Content());
        Assert.Equal(["Projects (2) IPF.Appointment", "Projects IPF.Note"], Folders("Projects"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_mail_folder_that_comes_later_does_not_get_the_calendars(bool isSeries)
    {
        _m.Split = isSeries ? PstSplit.Yearly : null;
        string calendar = MakeCalendar("Projects");
        MakeEvent(calendar, "Kickoff");
        await ExportAsync();

        _m.Write("plan", _m.MakeFolder("Projects"));
        MakeEvent(calendar, "Review");
        TransferSummary run = await ExportAsync();
        TransferSummary again = await ExportAsync();

        Assert.Equal((2, 0, true), (run.Count(ItemFate.Copied), run.Count(ItemFate.Failed), run.Verification!.IsWhole));
        Assert.Equal((0, 3, 0, true), (again.Count(ItemFate.Copied), again.Count(ItemFate.AlreadyThere), again.Moved, again.Verification!.IsWhole));
        AssertApart();
        Assert.Equal(3, _m.Content().Length);
    }

    [Fact]
    public async Task A_name_with_a_number_that_is_somebodys_own_stays_that()
    {
        string calendar = MakeCalendar("Projects");
        MakeEvent(calendar, "Kickoff");
        _m.Write("plan", _m.MakeFolder("Projects"));
        await ExportAsync();
        Assert.Equal(["Projects (2)/Kickoff", "Projects/plan"], _m.Content());

        _m.Write("second plan", _m.MakeFolder("projects (2)"));
        MakeEvent(MakeCalendar("Projects (2)"), "Second kickoff");
        TransferSummary run = await ExportAsync();
        TransferSummary again = await ExportAsync();

        Assert.Equal((2, true), (run.Count(ItemFate.Copied), run.Verification!.IsWhole));
        Assert.Equal((0, 4, 0, true), (again.Count(ItemFate.Copied), again.Count(ItemFate.AlreadyThere), again.Moved, again.Verification!.IsWhole));
        AssertApart();
        string[] content = _m.Content();
        Assert.Equal(4, content.Select(c => c.Split('/')[0].ToUpperInvariant()).Distinct().Count());
        Assert.Contains("Projects/plan", content);
    }

    [Fact]
    public async Task A_choice_of_folders_changes_no_names()
    {
        _m.Write("plan", _m.MakeFolder("Projects"));
        MakeEvent(MakeCalendar("Projects"), "Kickoff");

        TransferSummary calendars = await ExportAsync("Projects (2)");
        Assert.Equal((1, true), (calendars.Count(ItemFate.Copied), calendars.Verification!.IsWhole));
        Assert.Equal(["Projects (2)/Kickoff"], _m.Content());
        TransferSummary mail = await ExportAsync("Projects");

        Assert.Equal((1, 0, true), (mail.Count(ItemFate.Copied), mail.Count(ItemFate.AlreadyThere), mail.Verification!.IsWhole));
        Assert.Equal(["Projects (2)/Kickoff", "Projects/plan"], _m.Content());
    }

    [Fact]
    public async Task Mail_goes_beside_the_calendar_of_the_file_that_has_its_name()
    {
        using (PstItemTarget file = PstItemTarget.Create(_m.File))
        {
            await file.OpenFolderAsync(FolderPath.Parse("Projects"), FolderRole.None, "IPF.Appointment", CancellationToken.None);
            await file.CompleteAsync(CancellationToken.None);
        }

        string folder = _m.MakeFolder("Projects");
        _m.Write("plan", _m.MakeFolder("Offers", folder));
        TransferSummary run = await ExportAsync();

        Assert.Equal((1, true), (run.Count(ItemFate.Copied), run.Verification!.IsWhole));
        Assert.Equal(["Projects (2)/Offers/plan"], _m.Content());
        TargetFolder renamed = Assert.Single(run.RenamedFolders);
        Assert.Equal(("Projects", "Projects (2)"), (renamed.InsteadOf?.ToString(), renamed.Path.ToString()));
    }

    [Fact]
    public async Task What_comes_back_goes_to_the_folder_it_came_from()
    {
        string calendar = MakeCalendar("Projects");
        string id = MakeEvent(calendar, "Kickoff");
        _m.Write("plan", _m.MakeFolder("Projects"));
        await ExportAsync();

        Assert.Equal((0L, 2L), await RestoreAsync());
        _m.Send("DELETE", "events/" + id);
        Assert.Equal((1L, 1L), await RestoreAsync());

        using PstFile file = PstFile.Open(_m.File);
        TransferSummary run = await ExportAsync();
        Assert.True(run.Verification!.IsWhole);
        Assert.DoesNotContain("Projects (3)", run.Verification.Folders.Select(f => f.Path.ToString()));
    }

    [Fact]
    public async Task Undoing_takes_both_folders_back()
    {
        MakeEvent(MakeCalendar("Projects"), "Kickoff");
        _m.Write("plan", _m.MakeFolder("Projects"));
        await ExportAsync();

        UndoSummary undone = await _m.UndoAsync();

        Assert.Equal(2, undone.Count(UndoOutcome.Removed));
        Assert.Empty(_m.Content());
        Assert.Empty(Folders("Projects"));
    }

    private async Task<(long Copied, long There)> RestoreAsync() =>
        await _m.RestoreAsync() is var run ? (run.Count(ItemFate.Copied), run.Count(ItemFate.AlreadyThere)) : default;

    private Task<TransferSummary> ExportAsync(params string[] folders) => _m.ExportAsync(new TransferOptions
    {
        Filter = new ItemFilter { Folders = [.. folders.Select(f => FolderSelector.Parse(f))] },
        OpenWritten = _ => _m.OpenFileAsync(),
    });

    private string MakeCalendar(string name) => _m.Send("POST", "calendars", "{\"name\":\"" + name + "\"}");

    private string MakeEvent(string calendar, string subject) => _m.Send(
        "POST", "calendars/" + calendar + "/events",
        "{\"subject\":\"" + subject + "\",\"start\":{\"dateTime\":\"2026-03-02T12:00:00\",\"timeZone\":\"UTC\"},\"end\":{\"dateTime\":\"2026-03-02T13:00:00\",\"timeZone\":\"UTC\"}}");

    /// <summary>Name and class of the folders of the first file whose names begin so.</summary>
    private string[] Folders(string name)
    {
        using PstFile file = PstFile.Open(_m.File);
        return
        [
            .. file.IpmSubtree.EnumerateFolders().Where(f => f.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)).Select(f => f.Name + " " + f.ContainerClass)
                .OrderBy(f => f, StringComparer.Ordinal),
        ];
    }

    /// <summary>No folder of any file holds items of another kind than it says.</summary>
    private void AssertApart()
    {
        foreach (string path in _m.Files)
        {
            using PstFile file = PstFile.Open(path);
            Assert.All(file.EnumerateFolders(), f => Assert.All(
                f.EnumerateItems(), i => Assert.Equal(MessageClasses.IsOfClass(i.MessageClass, "IPM.Appointment"), MessageClasses.IsOfClass(f.ContainerClass, "IPF.Appointment"))));
        }
    }
}
