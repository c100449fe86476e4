using PstMigration.Mapi;

namespace PstMigration;

/// <summary>Losses as people read them, in their language.</summary>
internal static class TransferText
{
    internal static IReadOnlyList<string> Describe(IReadOnlyList<ItemLoss> losses) => [.. losses.Select(Describe)];

    internal static string Describe(LossKind kind) => Strings.ResourceManager.GetString("Loss_" + kind, Strings.Culture) ?? kind.ToString();

    /// <summary>How many of each class, in one line; safe to show.</summary>
    internal static string Counts(IEnumerable<KeyValuePair<string, long>> classes) =>
        string.Join(", ", classes.Select(c => (c.Key.Length > 0 ? c.Key : "?") + " (" + c.Value + ")"));

    private static string Describe(ItemLoss loss) => loss.Detail.Length == 0 ? Describe(loss.Kind) : Describe(loss.Kind) + ": " + loss.Detail;
}
