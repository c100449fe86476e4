namespace PstMigration.Pst;

/// <summary>
/// How much may be lost if the machine stops: changes are committed together, as soon as they reach any of these limits. Waiting for the medium is
/// what single changes cost most.
/// </summary>
/// <param name="Items">Items added, changed, moved or deleted.</param>
/// <param name="Bytes">Bytes of their content.</param>
/// <param name="Time">Time since the first of them. Looked at when the next one comes.</param>
public sealed record PstCommitGroup(int Items, long Bytes, TimeSpan Time)
{
    /// <summary>500 items, 64 MB or 10 seconds.</summary>
    public static readonly PstCommitGroup Default = new(500, 64L << 20, TimeSpan.FromSeconds(10));
}
