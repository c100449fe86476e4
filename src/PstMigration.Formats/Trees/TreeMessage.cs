using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>One message in a file of mail.</summary>
/// <param name="key">Its key.</param>
/// <param name="open">Finds its bytes and its state.</param>
/// <param name="keywords">Keywords besides those in the message itself.</param>
internal sealed class TreeMessage(ItemKey key, Func<(BinarySource Mime, MailState State)> open, IReadOnlyList<string>? keywords = null) : SourceItem(key, "", "")
{
    // Outside of what a file system of any kind holds.
    private static readonly DateTimeOffset s_earliest = new(1980, 1, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_latest = new(2107, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override Task<MapiItem> OpenAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<MapiItem>(cancellationToken);
        }

        try
        {
            (BinarySource mime, MailState state) = open();
            MapiItem item = MimeImport.Read(mime, new MimeImportOptions { IsFromOwnFile = true });
            state.Apply(item.Properties);
            MailKeywords.AddTo(item.Properties, keywords ?? []);
            return Task.FromResult(item);
        }
        catch (MailDataException e)
        {
            return Task.FromException<MapiItem>(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Task.FromException<MapiItem>(e);
        }
    }

    /// <summary>When an item was received, else sent, else made; null where nothing is known.</summary>
    public static DateTimeOffset? TimeOf(MapiItem item) =>
        item.Properties.GetTime(PropertyTags.MessageDeliveryTime)
        ?? item.Properties.GetTime(PropertyTags.ClientSubmitTime)
        ?? item.Properties.GetTime(PropertyTags.CreationTime);

    /// <summary>The options with what a file of mail keeps besides the message.</summary>
    public static MimeExportOptions Options(MimeExportOptions mime, ItemProvenance? provenance) =>
        mime with { IncludeState = true, IncludeMailboxState = true, IncludeRtf = true, Provenance = provenance };

    /// <summary>Sets the time of a file; a time no file system holds is left out.</summary>
    public static void SetTime(string path, DateTimeOffset? time)
    {
        if (time is DateTimeOffset known && known > s_earliest && known < s_latest)
        {
            File.SetLastWriteTimeUtc(path, known.UtcDateTime);
        }
    }
}
