using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>An item ready to be created, and what follows the create.</summary>
/// <param name="Losses">What is lost.</param>
internal abstract record ItemPlan(IReadOnlyList<ItemLoss> Losses)
{
    /// <summary>What is lost, as far as it is known.</summary>
    public IReadOnlyList<ItemLoss> Losses { get; set; } = Losses;

    /// <summary>How many parts (attachments, a picture, occurrences) the item has when it is whole; 0 where none follow the create.</summary>
    public abstract int PartCount { get; }

    /// <summary>The extended properties of the create.</summary>
    public abstract List<SingleValueLegacyExtendedProperty> Extended { get; }

    /// <summary>The Message-ID it can be searched by; null where it has none.</summary>
    public virtual string? MessageId => null;
}
