using System.Text.Json;
using PstMigration.Mapi;
using PstMigration.Tests;
using PstMigration.Transfer;
using PstMigration.Transfer.Tests;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>Imports taken back after random histories: what people have touched, and what is their own, stays as it is.</summary>
public sealed class UndoTests : IDisposable
{
    private const string Marker = "String {00020329-0000-0000-C000-000000000046} Name PstMigrationMarker";
    private static readonly int s_seeds = Environment.GetEnvironmentVariable("PSTMIGRATION_SCALE") == "full" ? 300 : 12;
    private readonly string _journals = Path.Combine(Path.GetTempPath(), "undo-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(_journals))
        {
            Directory.Delete(_journals, recursive: true);
        }
    }

    [Fact]
    public async Task Whatever_happened_untouched_copies_go_and_nothing_else()
    {
        for (int seed = 1; seed <= s_seeds; seed++)
        {
            await HistoryAsync(seed);
        }
    }

    private async Task HistoryAsync(int seed)
    {
        Random random = new(seed);
        using SandboxFixture sandbox = new();
        TransferJournals journals = new(Path.Combine(_journals, seed.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        MemorySource source = Source(random);
        string own = Id(await sandbox.SendAsync("POST", "mailFolders", """{ "displayName": "Own" }"""));
        await sandbox.SendAsync("POST", $"mailFolders/{own}/messages", """{ "subject": "own 1" }""");
        await sandbox.SendAsync("POST", "mailFolders/inbox/messages", """{ "subject": "own 2" }""");

        for (int kills = random.Next(3); kills > 0; kills--)
        {
            await ImportAsync(sandbox, source, journals, random.Next(source.Items.Count()));
        }

        if (random.Next(10) < 7)
        {
            await ImportAsync(sandbox, source, journals, killedAt: null);
        }

        if (random.Next(4) == 0 && Directory.Exists(journals.Folder))
        {
            Directory.Delete(journals.Folder, recursive: true);
        }

        HashSet<string> touched = [];
        HashSet<string> deleted = [];
        foreach (Seen copy in (await ListAsync(sandbox)).Where(m => m.IsCopy))
        {
            await ActAsync(sandbox, random.Next(14), copy, own, touched, deleted);
        }

        Dictionary<string, Seen> before = (await ListAsync(sandbox)).ToDictionary(m => m.Id, StringComparer.Ordinal);
        string trash = Id(await sandbox.SendAsync("GET", "mailFolders/deleteditems"));

        for (int kills = random.Next(3); kills > 0; kills--)
        {
            await UndoAsync(sandbox, source, journals, random.Next(6));
        }

        UndoSummary done = (await UndoAsync(sandbox, source, journals, killedAfter: null))!;

        string what = "seed " + seed;
        Dictionary<string, Seen> after = (await ListAsync(sandbox)).ToDictionary(m => m.Id, StringComparer.Ordinal);
        Assert.Equal(before.Keys.OrderBy(k => k, StringComparer.Ordinal), after.Keys.OrderBy(k => k, StringComparer.Ordinal));
        foreach (Seen was in before.Values)
        {
            Seen now = after[was.Id];
            bool stays = !was.IsCopy || touched.Contains(was.Id) || deleted.Contains(was.Id);
            Assert.True(now.Folder == (stays ? was.Folder : trash), $"{what}: {was} is in another folder.");
            Assert.True(was.Look == now.Look, $"{what}: {was} looks like {now.Look}");
        }

        Assert.Equal((touched.Count, 0L), ((int)(done.Count(UndoOutcome.Changed) + done.Count(UndoOutcome.Moved) + done.Count(UndoOutcome.Answered)), done.Failed));
        UndoSummary again = (await UndoAsync(sandbox, source, journals, killedAfter: null))!;
        Assert.Equal((touched.Count, 0L), ((int)again.Items, again.Count(UndoOutcome.Removed)));

        // And it can be done again, with what was touched counted as there.
        TransferSummary summary = await ImportAsync(sandbox, source, journals, killedAt: null) ?? throw new InvalidOperationException(what);
        Assert.Equal(source.Items.Count(), summary.Count(ItemFate.Copied) + summary.Count(ItemFate.AlreadyThere));
        Assert.True(summary.Count(ItemFate.AlreadyThere) <= touched.Count, what);
    }

    private static async Task ActAsync(SandboxFixture sandbox, int action, Seen copy, string own, HashSet<string> touched, HashSet<string> deleted)
    {
        string message = "messages/" + copy.Id;
        switch (action)
        {
            case 0:
                await sandbox.SendAsync("POST", message + "/attachments", """{ "@odata.type": "#microsoft.graph.fileAttachment", "name": "mine.txt", "contentBytes": "AAAA" }""");
                touched.Add(copy.Id);
                break;
            case 1:
                await sandbox.SendAsync("POST", message + "/move", $$"""{ "destinationId": "{{own}}" }""");
                touched.Add(copy.Id);
                break;
            case 2:
                await sandbox.SendAsync("PATCH", message, """{ "categories": [ "Mine" ] }""");
                touched.Add(copy.Id);
                break;
            case 3:
                await sandbox.SendAsync("PATCH", message, """{ "flag": { "flagStatus": "complete" } }""");
                touched.Add(copy.Id);
                break;
            case 4:
                await sandbox.SendAsync("PATCH", message, """{ "singleValueExtendedProperties": [ { "id": "Integer 0x1081", "value": "102" } ] }""");
                touched.Add(copy.Id);
                break;
            case 5:
                await sandbox.SendAsync("POST", message + "/move", """{ "destinationId": "deleteditems" }""");
                deleted.Add(copy.Id);
                break;
            case 6 or 7:
                await sandbox.SendAsync("PATCH", message, """{ "isRead": false }""");
                break;
        }
    }

    private static MemorySource Source(Random random)
    {
        MemorySource source = new MemorySource().Folder("Inbox", FolderRole.Inbox);
        for (int i = 0; i < 4; i++)
        {
            source.Item("in " + i);
        }

        source.Folder("Projects").Folder("Projects/A");
        for (int i = 0; i < 4; i++)
        {
            source.Item("project " + i);
        }

        foreach (MemoryItem item in source.Items)
        {
            PropertyBag p = item.Item.Properties;
            p.Set(PropertyTags.MessageFlags, (int)MessageFlags.Read);
            p.Set(PropertyTags.ClientSubmitTime, Items.Sent);
            p.Set(PropertyTags.MessageDeliveryTime, Items.Sent);
            p.Set(PropertyTags.Importance, random.Next(3));
            Items.Author(p, "Anna", "anna@contoso.example");
            if (random.Next(3) == 0)
            {
                // In the source already: that is nobody's work in the mailbox.
                p.Set(PropertyNames.Keywords, ["Work"]);
                p.Set(PropertyTags.FlagStatus, 2 * random.Next(2));
                p.Set(PropertyTags.LastVerbExecuted, 103);
            }

            if (random.Next(3) == 0)
            {
                MapiAttachment file = new();
                file.Properties.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
                file.Properties.Set(PropertyTags.AttachLongFilename, "a.bin");
                file.Properties.Set(PropertyTags.AttachDataBinary, new byte[random.Next(2) == 0 ? 100 : 4_000_000]);
                item.Item.Attachments.Add(file);
            }
        }

        return source;
    }

    private static async Task<TransferSummary?> ImportAsync(SandboxFixture sandbox, MemorySource source, TransferJournals journals, int? killedAt)
    {
        using CancellationTokenSource stop = new();
        int at = 0;
        foreach (MemoryItem item in source.Items)
        {
            item.OnOpen = async c =>
            {
                if (Interlocked.Increment(ref at) > killedAt)
                {
                    stop.Cancel();
                }

                await Task.Yield();
                c.ThrowIfCancellationRequested();
            };
        }

        try
        {
            TransferRun run = await TransferRun.PlanAsync(source, new TransferOptions { Threads = 2, Journals = journals }, new Silent(), stop.Token);
            return (await sandbox.Time.RunAsync(run.RunAsync(await sandbox.TargetAsync(), stop.Token))).Summary;
        }
        catch (OperationCanceledException) when (killedAt is not null)
        {
            return null;
        }
    }

    private static async Task<UndoSummary?> UndoAsync(SandboxFixture sandbox, MemorySource source, TransferJournals journals, int? killedAfter)
    {
        using CancellationTokenSource stop = new();
        IItemTarget target = await sandbox.TargetAsync();
        TransferPlan plan = new(source.StoreKey, target.StoreKey) { SourceName = "memory", TargetName = target.Name };
        UndoRequest request = new(journals)
        {
            OnProgress = (done, _) =>
            {
                if (done > killedAfter)
                {
                    stop.Cancel();
                }
            },
        };
        try
        {
            return await sandbox.Time.RunAsync(TransferUndo.RunAsync(plan, target, request, stop.Token));
        }
        catch (OperationCanceledException) when (killedAfter is not null)
        {
            return null;
        }
    }

    private static async Task<List<Seen>> ListAsync(SandboxFixture sandbox)
    {
        string json = await sandbox.SendAsync(
            "GET",
            "messages?$top=500&$select=id,parentFolderId,subject,categories,isRead,hasAttachments,flag,importance&$expand=singleValueExtendedProperties($filter="
                + Uri.EscapeDataString($"id eq '{Marker}'") + ")");
        using JsonDocument answer = JsonDocument.Parse(json);
        return [.. answer.RootElement.GetProperty("value").EnumerateArray().Select(m => new Seen(
            m.GetProperty("id").GetString()!,
            m.GetProperty("parentFolderId").GetString()!,
            string.Join(" ", m.GetProperty("subject"), m.GetProperty("categories"), m.GetProperty("isRead"), m.GetProperty("hasAttachments"), m.GetProperty("flag"), m.GetProperty("importance")),
            m.TryGetProperty("singleValueExtendedProperties", out _)))];
    }

    private static string Id(string json)
    {
        using JsonDocument answer = JsonDocument.Parse(json);
        return answer.RootElement.GetProperty("id").GetString()!;
    }

    private sealed record Seen(string Id, string Folder, string Look, bool IsCopy);

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
