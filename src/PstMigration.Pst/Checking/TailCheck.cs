using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Checking;

/// <summary>Compares the length of the file with ibFileEof. What is behind that end is room a writer left only where the trees use nothing there.</summary>
internal static class TailCheck
{
    /// <summary>Checks the length.</summary>
    /// <param name="context">The check.</param>
    /// <param name="space">What the trees use.</param>
    public static void Run(CheckContext context, SpaceMap space)
    {
        long end = context.Header.Root.FileLength;
        if (end == context.FileLength)
        {
            return;
        }

        bool isRight = end > context.Layout.FirstAMapOffset && end < context.FileLength && !space.IsUsedFrom(end);
        PstCheckRule rule = !isRight ? PstCheckRules.FileLength : context.ReadTail(end) == FileTail.Foreign ? PstCheckRules.ForeignTail : PstCheckRules.LeftRoom;
        context.Report(rule, context.Layout.HeaderRoot, "header", end, context.FileLength, context.FileLength - end);
    }
}
