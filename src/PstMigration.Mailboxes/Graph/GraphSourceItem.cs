using System;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>An item listed from a mailbox.</summary>
internal sealed class GraphSourceItem(ItemKey key, string messageClass, string subject, Func<CancellationToken, Task<MapiItem>> open)
    : SourceItem(key, messageClass, subject)
{
    /// <inheritdoc/>
    public override Task<MapiItem> OpenAsync(CancellationToken cancellationToken) => open(cancellationToken);
}
