namespace PstMigration.Mapi;

/// <summary>Tells whether an item changed: a change key, or a digest where there is none. Read state and flags alone are no new version.</summary>
/// <param name="Value">Compared ordinally.</param>
public readonly record struct ItemVersion(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
