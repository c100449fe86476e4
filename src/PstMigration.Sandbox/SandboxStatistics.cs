namespace PstMigration.Sandbox;

/// <summary>What was asked of a sandbox since it was opened: whether a client keeps the published limits shows here.</summary>
/// <param name="Requests">Requests, refused ones among them; those in a batch count each.</param>
/// <param name="Refused">Requests refused with 429, whatever the limit.</param>
/// <param name="MostAtOnce">The most requests that were under way at the same time.</param>
/// <param name="UploadedBytes">Bytes of bodies that were taken.</param>
/// <param name="UnderWay">For how long requests were under way, those at the same time summed up: over the length of a run, how many of the places were in use.</param>
public sealed record SandboxStatistics(long Requests, long Refused, int MostAtOnce, long UploadedBytes, TimeSpan UnderWay = default);
