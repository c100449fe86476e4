using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Makes snapshots of volumes, in which files can be read that a program has open and shares with nobody.</summary>
public interface IVolumeSnapshots
{
    /// <summary>Makes a snapshot of the volume of a file.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">None can be made; the message tells why.</exception>
    Task<IVolumeSnapshot> CreateAsync(string path, CancellationToken cancellationToken);
}

/// <summary>A snapshot of a volume; gone when it is disposed.</summary>
public interface IVolumeSnapshot : IAsyncDisposable
{
    /// <summary>Where the file is read, as it was at the moment of the snapshot.</summary>
    string Path { get; }
}
