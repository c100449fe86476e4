namespace PstMigration.Pst.Ndb.Files;

/// <summary>A file being built: written region by region, now and then read back.</summary>
internal interface IFileOutput : IWritableFile
{
    /// <summary>Whether writing or reading back has failed, so that the file cannot be completed.</summary>
    bool HasFailed { get; }
}
