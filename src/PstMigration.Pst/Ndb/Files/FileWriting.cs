namespace PstMigration.Pst.Ndb.Files;

/// <summary>The registered writer of a file.</summary>
internal sealed class FileWriting(FileUse use) : IDisposable
{
    /// <inheritdoc cref="FileUse.Begin"/>
    public void Begin(uint generation) => use.Begin(generation);

    /// <inheritdoc cref="FileUse.Announce"/>
    public void Announce(uint generation) => use.Announce(generation);

    /// <inheritdoc cref="FileUse.TryHold"/>
    public bool TryHold(uint generation, IReadOnlyList<Extent> room) => use.TryHold(generation, room);

    /// <inheritdoc cref="FileUse.TakeReleased"/>
    public List<Extent> TakeReleased() => use.TakeReleased();

    /// <inheritdoc cref="FileUse.ListHeld"/>
    public List<Extent> ListHeld() => use.ListHeld();

    /// <inheritdoc/>
    public void Dispose() => use.LeaveWriting();
}
