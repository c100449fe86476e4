using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>One message in a file of mail.</summary>
/// <param name="key">Its key.</param>
/// <param name="place">What people find it by where it cannot be read: a path.</param>
/// <param name="open">Finds it.</param>
/// <param name="version">Finds its version.</param>
/// <param name="size">Its bytes.</param>
internal sealed class TreeMessage(ItemKey key, string place, Func<StoredMail> open, Func<ItemVersion?> version, long? size)
    : SourceItem(key, new ItemSummary { Size = size })
{
    /// <inheritdoc/>
    public override ItemVersion? Version => version();

    /// <summary>Keywords besides those in the message itself.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>Categories besides those in the message itself.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>What keywords are called.</summary>
    public ThunderbirdTags Tags { get; init; } = ThunderbirdTags.Default;

    /// <summary>How the source is read.</summary>
    public ItemSourceOptions SourceOptions { get; init; } = new();

    /// <summary>The keys that prove what it says of itself (<see cref="TreeKeys"/>).</summary>
    public IReadOnlyList<byte[]> Keys { get; init; } = [];

    /// <summary>Is told the place of a message that says it is a copy of this project, where no key proves it.</summary>
    public Action<string>? OnUnproven { get; init; }

    /// <summary>Whether it lies in the folder of drafts.</summary>
    public bool IsInDrafts { get; init; }

    /// <summary>Adds to the item what is stored beside the message; null where there is nothing.</summary>
    public Action<MapiItem>? Complete { get; init; }

    /// <inheritdoc/>
    public override Task<MapiItem> OpenAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<MapiItem>(cancellationToken);
        }

        try
        {
            StoredMail stored = open();
            MimeImportOptions options = new() { CodePage = SourceOptions.CodePage ?? 0, StoredTime = stored.Time, Tags = Tags, IsInDrafts = IsInDrafts, Keys = Keys, OnUnproven = () => OnUnproven?.Invoke(place) };
            MapiItem item = Read(new StoppableSource(stored.Mime, cancellationToken), stored.State, options);
            MailKeywords.AddTo(item.Properties, Keywords, Tags);
            MailKeywords.AddCategories(item.Properties, Categories);
            Complete?.Invoke(item);
            return Task.FromResult(item);
        }
        catch (Exception e) when (e is MailDataException or IOException or UnauthorizedAccessException)
        {
            return Task.FromException<MapiItem>(
                e is MailDataException known && known.Error != FormatErrorIds.SourceUnreadable ? new MailDataException(known.Error, place + ": " + known.Message, known) : TreeFiles.Unreadable(place, e));
        }
    }

    /// <summary>Reads a message of a file of mail, with the state it is in.</summary>
    public static MapiItem Read(BinarySource mime, MailState state, MimeImportOptions options)
    {
        MapiItem item = MimeImport.Read(mime, options with { IsFromFile = true });
        (state with { IsDraft = state.IsDraft || (item.Flags & MessageFlags.Unsent) != 0 }).Apply(item.Properties);
        return item;
    }

    /// <summary>When an item was received, else sent, else made; null where nothing is known.</summary>
    public static DateTimeOffset? TimeOf(MapiItem item) =>
        item.Properties.GetTime(PropertyTags.MessageDeliveryTime)
        ?? item.Properties.GetTime(PropertyTags.ClientSubmitTime)
        ?? item.Properties.GetTime(PropertyTags.CreationTime);

    /// <summary>How a message is written into files of mail: with what a mailbox knows besides it, and where it comes from.</summary>
    public static MimeExportOptions Options(ItemProvenance provenance, FolderPath? place, TreeKey? key, CancellationToken cancellationToken) => new()
    {
        IncludeState = true,
        IncludeMailboxState = true,
        IncludeRtf = true,
        Provenance = provenance,
        Place = place,
        Key = key,
        Cancellation = cancellationToken,
    };
}

/// <summary>A message where it is stored.</summary>
/// <param name="Mime">Its bytes.</param>
/// <param name="State">Its state.</param>
/// <param name="Time">When it came there, for one that does not say when it was sent; null where nothing tells.</param>
internal readonly record struct StoredMail(BinarySource Mime, MailState State, DateTimeOffset? Time);
