using System.Globalization;
using System.Runtime.CompilerServices;
using PstMigration.Mapi;

namespace PstMigration.Bench;

/// <summary>Seeded mails as the Inbox of a store; each is made when it is listed and again when it is opened, and held by nobody.</summary>
internal sealed class SeededSource(SeededItems items) : IItemSource
{
    private static readonly ItemKey s_inbox = new(Store, "inbox");

    private const string Store = "seeded:1";

    public string Name => "seeded mails";

    public string StoreKey => Store;

    public SourceTraits Traits { get; } = new();

    public SourceReport Report => SourceReport.Empty;

    public async IAsyncEnumerable<SourceFolder> ReadFoldersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        yield return new SourceFolder(s_inbox, FolderPath.Parse("Inbox"), FolderRole.Inbox, "IPF.Note", items.Count);
    }

    public async IAsyncEnumerable<SourceItem> ReadItemsAsync(SourceFolder folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        for (int i = 0; i < items.Count; i++)
        {
            yield return new Item(items, i);
        }
    }

    public ValueTask DisposeAsync() => default;

    private sealed class Item(SeededItems items, int number)
        : SourceItem(new ItemKey(Store, number.ToString(CultureInfo.InvariantCulture)), ItemSummary.Of(items.Mail(number)) with { IsComplete = true })
    {
        public override ItemVersion? Version => new("1");

        public override Task<MapiItem> OpenAsync(CancellationToken cancellationToken) => Task.FromResult(items.Mail(number));
    }
}
