namespace PstMigration.Module.Tests.RoundTrip;

/// <summary>An attachment as tests/Tools/list_pst.py lists it.</summary>
internal sealed record ListedAttachment(string? Name, int? Method, long? Size, string? Sha256, bool IsHidden = false)
{
    /// <summary>Whether it is a file; embedded items and OLE objects are raw bytes of the store to libpff.</summary>
    public bool IsByValue => Method == 1;
}
