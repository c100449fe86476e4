namespace PstMigration.Module.Tests.RoundTrip;

/// <summary>An attachment as tests/Tools/list_pst.py lists it.</summary>
internal sealed record ListedAttachment(string? Name, long? Size, string? Sha256);
