namespace PstMigration.Pst.Checking;

/// <summary>
/// A point at which a check can be left and gone on with later. Checks are sequences of pauses, so that findings reach the
/// caller while the check runs.
/// </summary>
internal readonly struct Pause;
