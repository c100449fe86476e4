namespace PstMigration.Transfer;

/// <summary>
/// Places for so many who work at once, each with a thread of the pool. Who waits for a place is its thread's work: when somebody gives a place back, its thread goes on with who has waited longest, so that
/// no thread has to be woken for it. Small items would cost more in threads that look for work than in work.
/// </summary>
internal sealed class WorkPlaces : IDisposable
{
    private readonly Queue<TaskCompletionSource<Place>> _waiting = new();
    private readonly CancellationToken _stop;
    private readonly CancellationTokenRegistration _stopped;
    private int _free;

    /// <summary>Places nobody has yet.</summary>
    /// <param name="places">How many.</param>
    /// <param name="stop">Turns away all who wait and all who come.</param>
    public WorkPlaces(int places, CancellationToken stop)
    {
        _free = places;
        _stop = stop;
        _stopped = stop.Register(TurnAway);
    }

    /// <summary>Waits for a place, which is given back when it is disposed of. What follows runs on the thread of the place, but where that has it before the caller awaits it.</summary>
    /// <exception cref="OperationCanceledException">The run stops.</exception>
    public Task<Place> EnterAsync()
    {
        TaskCompletionSource<Place> turn = new();
        lock (_waiting)
        {
            _stop.ThrowIfCancellationRequested();
            _waiting.Enqueue(turn);
            if (_free == 0)
            {
                return turn.Task;
            }

            _free--;
        }

        Start();
        return turn.Task;
    }

    public void Dispose() => _stopped.Dispose();

    private void Start() => ThreadPool.UnsafeQueueUserWorkItem(_ => Work(), null);

    private void Work()
    {
        while (Next() is TaskCompletionSource<Place> turn)
        {
            Place place = new(this);
            turn.TrySetResult(place);
            if (place.IsKept())
            {
                return;
            }
        }
    }

    private TaskCompletionSource<Place>? Next()
    {
        lock (_waiting)
        {
            if (_waiting.Count > 0)
            {
                return _waiting.Dequeue();
            }

            _free++;
            return null;
        }
    }

    private void TurnAway()
    {
        while (true)
        {
            TaskCompletionSource<Place> turn;
            lock (_waiting)
            {
                if (_waiting.Count == 0)
                {
                    return;
                }

                turn = _waiting.Dequeue();
            }

            turn.TrySetCanceled();
        }
    }

    /// <summary>One of the places.</summary>
    public sealed class Place(WorkPlaces places) : IDisposable
    {
        private const int GivenBack = 1;
        private const int Kept = 2;

        private int _state;

        /// <summary>Gives the place back, once.</summary>
        public void Dispose()
        {
            if (Interlocked.CompareExchange(ref _state, GivenBack, 0) == Kept)
            {
                places.Start();
            }
        }

        /// <summary>Asked by the thread of the place when who has it waits for something, or is done: whether they still have it.</summary>
        internal bool IsKept() => Interlocked.CompareExchange(ref _state, Kept, 0) == 0;
    }
}
