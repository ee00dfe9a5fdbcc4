namespace Tickbridge.Host
{
    using System;
    using System.Collections.Generic;
    using System.IO;
    using NinjaTrader.Core;
    using Tickbridge.Core;

    /// <summary>
    /// The one bridge of a NinjaTrader process, shared by the add-on, its windows, indicators and strategies: the first
    /// who comes starts it, the last who leaves stops it. Any thread.
    /// </summary>
    /// <remarks>
    /// After a compilation NinjaTrader has the new assembly beside the old one, each with statics of its own. So that
    /// there are never two links, whoever starts first stops what an earlier assembly left running; it is found
    /// through the application domain, which both share.
    /// </remarks>
    public static class SharedBridge
    {
        private const string Slot = "Tickbridge.SharedBridge.Stop";

        /// <summary>The kill switch of the bridge that runs, or is about to.</summary>
        private const string KillSlot = "Tickbridge.SharedBridge.Kill";

        private static readonly object Access = new object();
        private static readonly List<object> Users = new List<object>();
        private static readonly OnScreen Screen = new OnScreen();
        private static Bridge bridge;
        private static bool isRetired;

        /// <summary>How many use it.</summary>
        public static int Count
        {
            get
            {
                lock (Access)
                {
                    return Users.Count;
                }
            }
        }

        /// <summary>Takes part; starts it for the first. Twice by the same user counts once.</summary>
        /// <returns>the bridge; a stopped one when this assembly was compiled anew</returns>
        public static Bridge Acquire(object user)
        {
            lock (Access)
            {
                if (!Users.Contains(user))
                {
                    Users.Add(user);
                }
                if (bridge == null)
                {
                    bridge = new Bridge(Path.Combine(Globals.UserDataDir, "Tickbridge"),
                        () => new NinjaPlatform.NinjaPlatform(new LocalClock()),
                        NinjaPlatform.NinjaPlatform.FullNameOf);
                    Bridge made = bridge;
                    made.KillElsewhere = () => KillLater(made);
                    if (isRetired)
                    {
                        bridge.Stop();
                    }
                    else
                    {
                        // Before the earlier one ends: a KILL that comes to it meanwhile is done once this one trades.
                        AppDomain.CurrentDomain.SetData(KillSlot, (Action)made.Kill);
                        ReplaceEarlier();
                        bridge.Start();
                    }
                }
                return bridge;
            }
        }

        /// <summary>Leaves; the last one stops it. Does nothing for who never came.</summary>
        public static void Release(object user)
        {
            lock (Access)
            {
                if (Users.Remove(user) && Users.Count == 0)
                {
                    StopNow();
                }
            }
        }

        /// <summary>A window or page is there, with its KILL.</summary>
        public static void Shown(object part)
        {
            lock (Access)
            {
                Screen.Add(part);
            }
        }

        /// <summary>
        /// A window or page is gone; with the last one nothing new is traded. Does nothing for one that never came, or where
        /// this assembly was compiled anew: its windows are none of those of who trades now. Waits for no trading.
        /// </summary>
        public static void Gone(object part)
        {
            lock (Access)
            {
                if (Screen.RemoveLast(part))
                {
                    bridge?.NobodyLooks();
                }
            }
        }

        /// <summary>A later assembly takes over: this one never starts again.</summary>
        private static void Retire()
        {
            lock (Access)
            {
                isRetired = true;
                bridge?.Stop();
            }
        }

        /// <returns>false: none runs but this one</returns>
        private static bool KillLater(Bridge stopped)
        {
            var kill = AppDomain.CurrentDomain.GetData(KillSlot) as Action;
            Action own = stopped.Kill;
            if (kill == null || kill.Equals(own))
            {
                return false;
            }
            kill();
            return true;
        }

        private static void ReplaceEarlier()
        {
            Action mine = Retire;
            var earlier = AppDomain.CurrentDomain.GetData(Slot) as Action;
            AppDomain.CurrentDomain.SetData(Slot, mine);
            if (earlier != null && earlier != mine)
            {
                earlier();
            }
        }

        private static void StopNow()
        {
            bridge?.Stop();
            if (bridge != null && ((Action)bridge.Kill).Equals(AppDomain.CurrentDomain.GetData(KillSlot)))
            {
                AppDomain.CurrentDomain.SetData(KillSlot, null);
            }
            bridge = null;
            Action mine = Retire;
            if (mine.Equals(AppDomain.CurrentDomain.GetData(Slot)))
            {
                AppDomain.CurrentDomain.SetData(Slot, null);
            }
        }
    }
}
