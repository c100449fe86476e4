#if NET
using System.Text.Json;
using PstMigration.Mapi;
using PstMigration.Transfer;
using PstMigration.Transfer.Tests;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>
/// What a mailbox does not give back as it was is no change of somebody's: such copies are taken back, replaced, and kept only where they were changed since. On systems without
/// Windows' names of time zones (mono) there is no calendar to ask.
/// </summary>
public sealed class UndoLossTests
{
    // Never made: only the mailbox remembers.
    private readonly string _journals = Path.Combine(Path.GetTempPath(), "undo-losses-" + Guid.NewGuid().ToString("N"));

    // Where the folders are and what they call their names; what is in them; where one of that is found, empty for below its folder; a change.
    private static readonly Dictionary<string, (string Folders, string Name, string Items, string Address, string Change)> s_kinds = new(StringComparer.Ordinal)
    {
        ["IPM.Schedule.Meeting.Request"] = ("mailFolders", "displayName", "messages", "messages", """{ "categories": [ "mine" ] }"""),
        ["IPM.Contact"] = ("contactFolders", "displayName", "contacts", "contacts", """{ "companyName": "mine" }"""),
        ["IPM.Appointment"] = ("calendars", "name", "events", "events", """{ "location": { "displayName": "mine" } }"""),
        ["IPM.Task"] = ("todo/lists", "displayName", "tasks", "", """{ "status": "completed" }"""),
    };

    public static TheoryData<string> Classes => [.. s_kinds.Keys];

    [Theory]
    [MemberData(nameof(Classes))]
    public async Task A_copy_nobody_has_touched_goes_and_one_that_was_changed_stays(string messageClass)
    {
        using SandboxFixture sandbox = new();
        MemorySource source = Source(messageClass);
        await ImportAsync(sandbox, source);
        string[] ids = await IdsAsync(sandbox, messageClass);
        Assert.Equal(2, ids.Length);
        await sandbox.SendAsync("PATCH", ids[0], s_kinds[messageClass].Change);

        UndoSummary done = await UndoAsync(sandbox, source);

        Assert.Equal((1L, 1L, 0L), (done.Count(UndoOutcome.Removed), done.Count(UndoOutcome.Changed), done.Failed));
        Assert.Equal(ids[..1], await IdsAsync(sandbox, messageClass));
    }

    [Fact]
    public async Task A_copy_that_lost_something_is_replaced_by_a_newer_version_of_its_item()
    {
        using SandboxFixture sandbox = new();
        MemorySource source = Source("IPM.Schedule.Meeting.Request");
        await ImportAsync(sandbox, source);
        source.Edit("one", "newer");
        source.Edit("two", "newer");

        await ImportAsync(sandbox, source);

        Assert.Equal(2, (await IdsAsync(sandbox, "IPM.Schedule.Meeting.Request")).Length);
        Assert.Equal(2, (await ListAsync(sandbox, "mailFolders/deleteditems/messages")).Length);
    }

    private static MemorySource Source(string messageClass)
    {
        bool isMail = messageClass.StartsWith("IPM.Schedule", StringComparison.Ordinal);
        MemorySource source = new MemorySource().Folder("Team", containerClass: isMail ? "IPF.Note" : messageClass.Replace("IPM", "IPF", StringComparison.Ordinal))
            .Item("one", messageClass).Item("two", messageClass);
        foreach (PropertyBag p in source.Items.Select(i => i.Item.Properties))
        {
            if (isMail || messageClass == "IPM.Appointment")
            {
                p.Set(CalendarNames.Start, new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero));
                p.Set(CalendarNames.End, new DateTimeOffset(2026, 3, 2, 10, 30, 0, TimeSpan.Zero));
            }
        }

        return source;
    }

    private static async Task ImportAsync(SandboxFixture sandbox, MemorySource source)
    {
        TransferSummary summary = await sandbox.Time.RunAsync(Runs.RunAsync(source, await sandbox.TargetAsync(), CancellationToken.None));
        Assert.Equal(2, summary.Count(ItemFate.Copied));
    }

    private async Task<UndoSummary> UndoAsync(SandboxFixture sandbox, MemorySource source)
    {
        IItemTarget target = await sandbox.TargetAsync();
        TransferPlan plan = new(source.StoreKey, target.StoreKey) { SourceName = "memory", TargetName = target.Name };
        return await sandbox.Time.RunAsync(TransferUndo.RunAsync(plan, target, new UndoRequest(new TransferJournals(_journals)), CancellationToken.None));
    }

    /// <summary>The addresses of the items of a class that are not among the deleted ones.</summary>
    private static async Task<string[]> IdsAsync(SandboxFixture sandbox, string messageClass)
    {
        (string folders, string name, string items, string address, _) = s_kinds[messageClass];
        using JsonDocument all = JsonDocument.Parse(await sandbox.SendAsync("GET", folders));
        JsonElement team = all.RootElement.GetProperty("value").EnumerateArray().Single(f => f.GetProperty(name).GetString() == "Team");
        string folder = folders + "/" + team.GetProperty("id").GetString();
        return [.. (await ListAsync(sandbox, folder + "/" + items)).Select(id => (address.Length == 0 ? folder + "/" + items : address) + "/" + id)];
    }

    private static async Task<string[]> ListAsync(SandboxFixture sandbox, string list)
    {
        using JsonDocument answer = JsonDocument.Parse(await sandbox.SendAsync("GET", list));
        return [.. answer.RootElement.GetProperty("value").EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];
    }
}
#endif
