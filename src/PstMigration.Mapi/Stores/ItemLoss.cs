namespace PstMigration.Mapi;

/// <summary>Something of an item that did not arrive.</summary>
/// <param name="Kind">What kind of loss.</param>
/// <param name="Detail">Which one: a property, an attachment's name. Not a sentence.</param>
public sealed record ItemLoss(LossKind Kind, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => Detail.Length == 0 ? Kind.ToString() : Kind + ": " + Detail;
}
