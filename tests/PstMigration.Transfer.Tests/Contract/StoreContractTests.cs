using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Transfer.Tests.Contract;

/// <summary>What every target and every source that reads it back has to do.</summary>
public sealed class StoreContractTests
{
    private static readonly DateTimeOffset s_sent = new(2024, 2, 29, 23, 59, 58, TimeSpan.Zero);

    public static TheoryData<string> Ends => StoreEnds.Names;

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Folders_come_back_with_names_nesting_class_and_role_empty_ones_too(string name)
    {
        await using StoreEnd end = StoreEnds.Open(name);
        MemorySource source = Sample();

        await RunAsync(source, end);

        IReadOnlyList<(SourceFolder Folder, IReadOnlyList<MapiItem> Items)> all = await end.ReadAsync();
        FolderPath inbox = all.Single(f => f.Folder.Role == FolderRole.Inbox).Folder.Path;
        Assert.Contains(all, f => f.Folder.Path.Equals(inbox.Append("請求書")) && Subjects(f.Items) == "bill");
        Assert.Contains(all, f => f.Folder.Path.Equals(FolderPath.Parse("Projects/A")) && Subjects(f.Items) == "a");
        Assert.Contains(all, f => f.Folder.Path.Equals(FolderPath.Parse("Empty")) && f.Items.Count == 0);
        Assert.Contains(all, f => f.Folder.Role == FolderRole.SentItems && Subjects(f.Items) == "sent");
        Assert.Contains(all, f => f.Folder.Role == FolderRole.Contacts && f.Folder.ContainerClass == "IPF.Contact");
        if (end.KeepsFolderClasses)
        {
            Assert.Contains(all, f => f.Folder.Role == FolderRole.Calendar && f.Folder.ContainerClass == "IPF.Appointment");
        }
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Items_come_back_with_text_times_and_state(string name)
    {
        await using StoreEnd end = StoreEnds.Open(name);
        MemorySource source = Sample();

        await RunAsync(source, end);

        Dictionary<string, MapiItem> read = (await end.ReadAsync()).SelectMany(f => f.Items).ToDictionary(i => i.Subject);
        Assert.Equal(source.Items.Select(i => i.Item.Subject).OrderBy(s => s, StringComparer.Ordinal), read.Keys.OrderBy(s => s, StringComparer.Ordinal));
        MapiItem flagged = read["flagged"];
        Assert.Contains("body of flagged", BodyText.Read(flagged).Text, StringComparison.Ordinal);
        Assert.Equal(s_sent, flagged.Properties.GetTime(PropertyTags.ClientSubmitTime));
        Assert.Equal(s_sent.AddSeconds(1), flagged.Properties.GetTime(PropertyTags.MessageDeliveryTime));
        Assert.Equal(2, flagged.Properties.GetInt32(PropertyTags.FlagStatus));
        Assert.Equal(MessageFlags.Read, flagged.Flags & (MessageFlags.Read | MessageFlags.Unsent));
        Assert.Equal(MessageFlags.None, read["bill"].Flags & (MessageFlags.Read | MessageFlags.Unsent));
        Assert.NotEqual(MessageFlags.None, read["draft"].Flags & MessageFlags.Unsent);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_second_run_opens_nothing_and_tells_the_same_losses(string name)
    {
        await using StoreEnd end = StoreEnds.Open(name);
        MemorySource source = Sample();

        TransferSummary first = await RunAsync(source, end);
        int opened = source.Opened.Count;
        TransferSummary second = await RunAsync(source, end);

        Assert.Equal(0, first.Count(ItemFate.Failed));
        Assert.Equal(first.Count(ItemFate.Copied), second.Count(ItemFate.AlreadyThere));
        Assert.Equal(opened, source.Opened.Count);
        Assert.Equal(first.Losses, second.Losses);
        Assert.Equal(Describe(first), Describe(second));
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_version_that_changed_without_the_content_writes_nothing_anew(string name)
    {
        await using StoreEnd end = StoreEnds.Open(name);
        MemorySource source = Sample();
        await RunAsync(source, end);

        foreach (MemoryItem item in source.Items)
        {
            item.VersionText += "+";
        }

        TransferSummary second = await RunAsync(source, end);

        Assert.Equal(source.Items.Count(), (await end.ReadAsync()).Sum(f => f.Items.Count));
        Assert.Equal(second.Read, second.Count(ItemFate.AlreadyThere) + second.Replaced);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task An_edited_item_takes_the_place_of_its_older_copy(string name)
    {
        await using StoreEnd end = StoreEnds.Open(name);
        MemorySource source = Sample();
        await RunAsync(source, end);

        source.Edit("bill", "ACME has sent another text");
        TransferSummary second = await RunAsync(source, end);

        Assert.Equal(1, second.Replaced);
        List<MapiItem> read = [.. (await end.ReadAsync()).Where(f => f.Folder.Role != FolderRole.DeletedItems).SelectMany(f => f.Items)];
        Assert.Equal(source.Items.Count(), read.Count);
        Assert.Contains("another text", BodyText.Read(read.Single(i => i.Subject == "bill")).Text, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(source, end)).Replaced);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task An_item_that_two_folders_list_is_copied_once_and_stays(string name)
    {
        await using StoreEnd end = StoreEnds.Open(name);
        MemorySource source = new MemorySource { Traits = new SourceTraits { IsStill = true } }.Folder("Inbox").Item("bill").Folder("Projects").ListAgain("bill", "2");

        TransferSummary first = await RunAsync(source, end);
        TransferSummary second = await RunAsync(source, end);

        Assert.Equal((1L, 1L, 0L), (first.Count(ItemFate.Copied), first.Count(ItemFate.AlreadyThere), first.Replaced));
        Assert.Equal((0L, 2L, 0L, 0L), (second.Count(ItemFate.Copied), second.Count(ItemFate.AlreadyThere), second.Replaced, second.Moved));
        Assert.Single((await end.ReadAsync()).SelectMany(f => f.Items));
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_copy_follows_its_source_into_another_folder(string name)
    {
        await using StoreEnd end = StoreEnds.Open(name);
        MemorySource source = Sample();
        await RunAsync(source, end);

        source.Move("bill", "Projects/A");
        TransferSummary second = await RunAsync(source, end);

        IReadOnlyList<(SourceFolder Folder, IReadOnlyList<MapiItem> Items)> read = await end.ReadAsync();
        Assert.Equal(source.Items.Count(), read.Sum(f => f.Items.Count));
        Assert.Equal(end.Moves ? 1 : 0, second.Moved);
        if (end.Moves)
        {
            Assert.Equal("a bill", Subjects(read.Single(f => f.Folder.Path.Equals(FolderPath.Parse("Projects/A"))).Items));
            Assert.Equal(0, (await RunAsync(source, end)).Moved);
        }
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Stopped_at_any_point_and_run_again_every_item_is_there_once(string name)
    {
        await using StoreEnd end = StoreEnds.Open(name);
        MemorySource source = new MemorySource().Folder("Inbox", FolderRole.Inbox);
        for (int i = 0; i < 60; i++)
        {
            source.Item("mail " + i);
        }

        Random random = new(20261130);
        for (int run = 0; run < 4; run++)
        {
            using CancellationTokenSource stop = new();
            int at = random.Next(60);
            source.Items.ElementAt(at).OnOpen = c =>
            {
                stop.Cancel();
                c.ThrowIfCancellationRequested();
                return Task.CompletedTask;
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(source, end, stop.Token));
            source.Items.ElementAt(at).OnOpen = _ => Task.CompletedTask;
            foreach (MemoryItem item in source.Items)
            {
                // So that each run reads them: which are there is then told by their content.
                item.VersionText = "run " + run;
            }
        }

        await RunAsync(source, end);

        Assert.Equal(
            source.Items.Select(i => i.Item.Subject).OrderBy(s => s, StringComparer.Ordinal),
            (await end.ReadAsync()).Where(f => f.Folder.Role != FolderRole.DeletedItems).SelectMany(f => f.Items).Select(i => i.Subject).OrderBy(s => s, StringComparer.Ordinal));
    }

    private static string Subjects(IEnumerable<MapiItem> items) => string.Join(" ", items.Select(i => i.Subject).OrderBy(s => s, StringComparer.Ordinal));

    private static IEnumerable<string> Describe(TransferSummary summary) =>
        summary.Issues.Select(i => i.Summary.Subject + ": " + string.Join(", ", i.Losses)).OrderBy(s => s, StringComparer.Ordinal);

    private static MemorySource Sample()
    {
        MemorySource source = new MemorySource()
            .Folder("", FolderRole.Root)
            .Folder("受信トレイ", FolderRole.Inbox).Item("flagged")
            .Folder("受信トレイ/請求書").Item("bill")
            .Folder("Sent", FolderRole.SentItems).Item("sent")
            .Folder("Entwürfe", FolderRole.Drafts).Item("draft")
            .Folder("Projects")
            .Folder("Projects/A").Item("a")
            .Folder("Empty")
            .Folder("Contacts", FolderRole.Contacts, "IPF.Contact").Item("somebody", "IPM.Contact")
            .Folder("Calendar", FolderRole.Calendar, "IPF.Appointment");
        foreach (MemoryItem item in source.Items)
        {
            PropertyBag p = item.Item.Properties;
            bool isDraft = item.Item.Subject == "draft";
            p.Set(PropertyTags.MessageFlags, (int)(isDraft ? MessageFlags.Unsent : item.Item.Subject == "bill" ? MessageFlags.None : MessageFlags.Read));
            if (item.Item.MessageClass == "IPM.Note")
            {
                p.Set(PropertyTags.SentRepresentingName, "Sender");
                p.Set(PropertyTags.SentRepresentingAddressType, "SMTP");
                p.Set(PropertyTags.SentRepresentingEmailAddress, "sender@example.com");
            }

            if (item.Item.MessageClass == "IPM.Note" && !isDraft)
            {
                p.Set(PropertyTags.ClientSubmitTime, s_sent);
                p.Set(PropertyTags.MessageDeliveryTime, s_sent.AddSeconds(1));
            }

            if (item.Item.Subject == "flagged")
            {
                p.Set(PropertyTags.FlagStatus, 2);
            }

            if (item.Item.Subject == "a")
            {
                MapiAttachment ole = new();
                ole.Properties.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByReferenceOnly);
                ole.Properties.Set(PropertyTags.AttachLongFilename, "elsewhere; 100 %.docx");
                ole.Properties.Set(PropertyTags.AttachLongPathname, @"\\server\share\elsewhere.docx");
                item.Item.Attachments.Add(ole);
            }
        }

        return source;
    }

    private static async Task<TransferSummary> RunAsync(MemorySource source, StoreEnd end, CancellationToken cancellationToken = default)
    {
        TransferRun run = await TransferRun.PlanAsync(source, new TransferOptions(), new Silent(), cancellationToken);
        IItemTarget target = await end.OpenTargetAsync();
        await using (target)
        {
            return (await run.RunAsync(target, cancellationToken)).Summary;
        }
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
