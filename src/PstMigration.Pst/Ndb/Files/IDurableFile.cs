namespace PstMigration.Pst.Ndb.Files;

/// <summary>
/// A file that is changed where it lies. Until <see cref="Flush"/> returns, any of what was written since the last one may reach the medium
/// or not, in any order, sector by sector.
/// </summary>
internal interface IDurableFile : IWritableFile
{
    /// <summary>Waits until everything written is on the medium.</summary>
    /// <exception cref="PstException">PstWriteFailed.</exception>
    void Flush();
}
