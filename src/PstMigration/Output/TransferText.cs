using PstMigration.Mapi;

namespace PstMigration;

/// <summary>Losses as people read them, in their language.</summary>
internal static class TransferText
{
    internal static IReadOnlyList<string> Describe(IReadOnlyList<ItemLoss> losses) => [.. losses.Select(Describe)];

    internal static string Describe(LossKind kind) => Strings.ResourceManager.GetString("Loss_" + kind, Strings.Culture) ?? kind.ToString();

    private static string Describe(ItemLoss loss) => loss.Detail.Length == 0 ? Describe(loss.Kind) : Describe(loss.Kind) + ": " + loss.Detail;
}
