#if NET
using System.Text.Json;
using PstMigration.Mapi;
using PstMigration.Transfer;
using PstMigration.Transfer.Tests;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>Folders of every kind that an import made go with it. On systems without Windows' names of time zones (mono) there is no calendar to ask.</summary>
public sealed class UndoFolderTests : IDisposable
{
    private readonly string _journals = Path.Combine(Path.GetTempPath(), "undo-folders-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(_journals))
        {
            Directory.Delete(_journals, recursive: true);
        }
    }

    [Theory]
    [InlineData("mailFolders", "childFolders", "displayName")]
    [InlineData("contactFolders", "contacts", "displayName")]
    [InlineData("calendars", "events", "name")]
    [InlineData("todo/lists", "tasks", "displayName")]
    public async Task A_folder_of_any_kind_goes_unless_it_is_somebodys_own_by_now(string kind, string content, string name)
    {
        using SandboxFixture sandbox = new();
        MemorySource source = new MemorySource().Folder("Team mail").Item("m")
            .Folder("Team contacts", containerClass: "IPF.Contact").Item("c", "IPM.Contact")
            .Folder("Team calendar", containerClass: "IPF.Appointment").Item("e", "IPM.Appointment")
            .Folder("Team tasks", containerClass: "IPF.Task").Item("t", "IPM.Task");
        PropertyBag p = source.Items.Single(i => i.Item.Subject == "e").Item.Properties;
        p.Set(CalendarNames.Start, new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero));
        p.Set(CalendarNames.End, new DateTimeOffset(2026, 3, 2, 10, 30, 0, TimeSpan.Zero));
        TransferJournals journals = new(_journals);
        string[] before = await NamesAsync(sandbox, kind, name);

        // Gone without a trace.
        await ImportAsync(sandbox, source, journals);
        Assert.Equal(before.Length + 1, (await NamesAsync(sandbox, kind, name)).Length);
        UndoSummary done = await UndoAsync(sandbox, source, journals);
        Assert.Equal((4L, 0L, 0L), (done.FoldersRemoved, done.FoldersKept, done.Failed));
        Assert.Equal(before, await NamesAsync(sandbox, kind, name));

        // With something in it, and under another name, which the sandbox does not give task lists.
        await ImportAsync(sandbox, source, journals);
        (string id, string made) = (await FoldersAsync(sandbox, kind, name)).Single(f => f.Name.StartsWith("Team", StringComparison.Ordinal));
        await sandbox.SendAsync("POST", $"{kind}/{id}/{content}", s_own[kind]);
        done = await UndoAsync(sandbox, source, journals);
        Assert.Equal((3L, 1L), (done.FoldersRemoved, done.FoldersKept));
        if (kind != "todo/lists")
        {
            await sandbox.SendAsync("PATCH", $"{kind}/{id}", $$"""{ "{{name}}": "Mine" }""");
            done = await UndoAsync(sandbox, source, journals);
            Assert.Equal((0L, 1L), (done.FoldersRemoved, done.FoldersKept));
        }

        Assert.Equal(before.Append(kind == "todo/lists" ? made : "Mine").OrderBy(n => n, StringComparer.Ordinal), (await NamesAsync(sandbox, kind, name)).OrderBy(n => n, StringComparer.Ordinal));
    }

    private static readonly Dictionary<string, string> s_own = new(StringComparer.Ordinal)
    {
        ["mailFolders"] = """{ "displayName": "mine" }""",
        ["contactFolders"] = """{ "givenName": "mine" }""",
        ["calendars"] = """{ "subject": "mine", "start": { "dateTime": "2026-03-03T09:00:00", "timeZone": "UTC" }, "end": { "dateTime": "2026-03-03T10:00:00", "timeZone": "UTC" } }""",
        ["todo/lists"] = """{ "title": "mine" }""",
    };

    private static async Task<string[]> NamesAsync(SandboxFixture sandbox, string kind, string name) => [.. (await FoldersAsync(sandbox, kind, name)).Select(f => f.Name)];

    private static async Task<List<(string Id, string Name)>> FoldersAsync(SandboxFixture sandbox, string kind, string name)
    {
        using JsonDocument answer = JsonDocument.Parse(await sandbox.SendAsync("GET", kind + "?$top=100"));
        return [.. answer.RootElement.GetProperty("value").EnumerateArray().Select(f => (f.GetProperty("id").GetString()!, f.GetProperty(name).GetString()!))];
    }

    private static async Task ImportAsync(SandboxFixture sandbox, MemorySource source, TransferJournals journals)
    {
        TransferRun run = await TransferRun.PlanAsync(source, new TransferOptions { Threads = 2, Journals = journals }, new Silent(), CancellationToken.None);
        TransferSummary summary = (await sandbox.Time.RunAsync(run.RunAsync(await sandbox.TargetAsync(), CancellationToken.None))).Summary;
        Assert.Equal(4, summary.Count(ItemFate.Copied));

        // What people have deleted by the time leaves the folders to be looked at.
        foreach (string kind in new[] { "contactFolders", "calendars", "todo/lists" })
        {
            string folder = kind + "/" + (await FoldersAsync(sandbox, kind, kind == "calendars" ? "name" : "displayName")).Single(f => f.Name.StartsWith("Team", StringComparison.Ordinal)).Id;
            string items = kind switch { "contactFolders" => "contacts", "calendars" => "events", _ => "tasks" };
            using JsonDocument answer = JsonDocument.Parse(await sandbox.SendAsync("GET", folder + "/" + items));
            string id = answer.RootElement.GetProperty("value").EnumerateArray().Single().GetProperty("id").GetString()!;
            await sandbox.SendAsync("DELETE", (items == "tasks" ? folder + "/tasks" : items) + "/" + id);
        }
    }

    private static async Task<UndoSummary> UndoAsync(SandboxFixture sandbox, MemorySource source, TransferJournals journals)
    {
        IItemTarget target = await sandbox.TargetAsync();
        TransferPlan plan = new(source.StoreKey, target.StoreKey) { SourceName = "memory", TargetName = target.Name };
        return await sandbox.Time.RunAsync(TransferUndo.RunAsync(plan, target, new UndoRequest(journals), CancellationToken.None));
    }

    private sealed class Silent : ITransferObserver
    {
        public void OnVerifying(long read, long total)
        {
        }

        public void OnPlan(int folders, long items)
        {
        }

        public void OnFolder(SourceFolder folder)
        {
        }

        public void OnFolderUnreadable(SourceFolder folder, Exception exception) => Assert.Fail(exception.Message);

        public void OnItem(ItemResult result)
        {
        }
    }
}
#endif
